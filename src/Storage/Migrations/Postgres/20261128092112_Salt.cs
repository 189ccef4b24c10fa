using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;
using SafetyCampaign.Storage;

#nullable disable

namespace SafetyCampaign.src.Storage.Migrations.Postgres
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
                type: "bytea",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "clock_doubts",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    FoundAt = table.Column<long>(type: "bigint", nullable: false),
                    SeenAt = table.Column<long>(type: "bigint", nullable: true),
                    AfterSequence = table.Column<long>(type: "bigint", nullable: false),
                    UntilSequence = table.Column<long>(type: "bigint", nullable: true),
                    EndedAt = table.Column<long>(type: "bigint", nullable: true),
                    ConfirmedBy = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_clock_doubts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "maintenance",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false),
                    ClockSeenAt = table.Column<long>(type: "bigint", nullable: true),
                    RewrittenThrough = table.Column<long>(type: "bigint", nullable: false)
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
