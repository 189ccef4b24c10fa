using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SafetyCampaign.src.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Slips : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_slips_EventId",
                table: "slips");

            migrationBuilder.AddColumn<string>(
                name: "ProtectedCode",
                table: "slips",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "witnesses",
                columns: table => new
                {
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_witnesses", x => x.Sequence);
                });

            migrationBuilder.CreateIndex(
                name: "IX_slips_EventId_RosterEntryId",
                table: "slips",
                columns: new[] { "EventId", "RosterEntryId" },
                unique: true,
                filter: "\"RevokedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_pledges_RosterEntryId",
                table: "pledges",
                column: "RosterEntryId",
                filter: "\"Role\" = 1 AND \"RosterEntryId\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "witnesses");

            migrationBuilder.DropIndex(
                name: "IX_slips_EventId_RosterEntryId",
                table: "slips");

            migrationBuilder.DropIndex(
                name: "IX_pledges_RosterEntryId",
                table: "pledges");

            migrationBuilder.DropColumn(
                name: "ProtectedCode",
                table: "slips");

            migrationBuilder.CreateIndex(
                name: "IX_slips_EventId",
                table: "slips",
                column: "EventId");
        }
    }
}
