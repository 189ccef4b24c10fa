using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SafetyCampaign.src.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class SignersOnLists : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_pledges_RosterEntryId",
                table: "pledges");

            migrationBuilder.CreateIndex(
                name: "IX_pledges_RosterEntryId",
                table: "pledges",
                column: "RosterEntryId",
                filter: "\"RosterEntryId\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_pledges_RosterEntryId",
                table: "pledges");

            migrationBuilder.CreateIndex(
                name: "IX_pledges_RosterEntryId",
                table: "pledges",
                column: "RosterEntryId",
                filter: "\"Role\" = 1 AND \"RosterEntryId\" IS NOT NULL");
        }
    }
}
