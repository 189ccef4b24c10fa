using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SafetyCampaign.src.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class FamiliesCountedOnce : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "CountedWith",
                table: "pledges",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ErasedAt",
                table: "pledges",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "InvalidatedAt",
                table: "pledges",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Effect",
                table: "ledger_acts",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Reaches",
                table: "ledger_acts",
                type: "bigint",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_pledges_CountedWith",
                table: "pledges",
                column: "CountedWith",
                filter: "\"CountedWith\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_ledger_acts_Subject",
                table: "ledger_acts",
                column: "Subject");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_pledges_CountedWith",
                table: "pledges");

            migrationBuilder.DropIndex(
                name: "IX_ledger_acts_Subject",
                table: "ledger_acts");

            migrationBuilder.DropColumn(
                name: "CountedWith",
                table: "pledges");

            migrationBuilder.DropColumn(
                name: "ErasedAt",
                table: "pledges");

            migrationBuilder.DropColumn(
                name: "InvalidatedAt",
                table: "pledges");

            migrationBuilder.DropColumn(
                name: "Effect",
                table: "ledger_acts");

            migrationBuilder.DropColumn(
                name: "Reaches",
                table: "ledger_acts");
        }
    }
}
