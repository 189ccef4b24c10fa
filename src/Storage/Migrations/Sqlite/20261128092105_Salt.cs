using Microsoft.EntityFrameworkCore.Migrations;
using SafetyCampaign.Storage;

#nullable disable

namespace SafetyCampaign.src.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Salt : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<byte[]>(
                name: "Salt",
                table: "pledges",
                type: "BLOB",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "clock_doubts",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    FoundAt = table.Column<long>(type: "INTEGER", nullable: false),
                    SeenAt = table.Column<long>(type: "INTEGER", nullable: true),
                    AfterSequence = table.Column<long>(type: "INTEGER", nullable: false),
                    UntilSequence = table.Column<long>(type: "INTEGER", nullable: true),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ConfirmedBy = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_clock_doubts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "maintenance",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    ClockSeenAt = table.Column<long>(type: "INTEGER", nullable: true),
                    RewrittenThrough = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_maintenance", x => x.Id);
                });

            // The newest of what was signed or done is the last time that is known to have been right.
            migrationBuilder.Sql(
                $"""
                 INSERT INTO maintenance ("Id", "ClockSeenAt", "RewrittenThrough")
                 SELECT 1, max("At"), 0 FROM (
                     SELECT "SignedAt" AS "At" FROM pledges WHERE "Sequence" = (SELECT max("Sequence") FROM pledges)
                     UNION ALL SELECT "At" FROM ledger_acts WHERE "Sequence" = (SELECT max("Sequence") FROM ledger_acts)) AS newest
                 WHERE "At" >= {ClockCheck.Earliest.UtcTicks}
                 """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "clock_doubts");

            migrationBuilder.DropTable(
                name: "maintenance");

            migrationBuilder.DropColumn(
                name: "Salt",
                table: "pledges");
        }
    }
}
