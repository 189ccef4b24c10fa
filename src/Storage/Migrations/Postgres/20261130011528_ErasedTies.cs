using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SafetyCampaign.src.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class ErasedTies : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<byte[]>(
                name: "ConsentHash",
                table: "paper_sheets",
                type: "bytea",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "RulesVersion",
                table: "paper_sheets",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ErasedAt",
                table: "maintenance",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "ConsentHash",
                table: "class_links",
                type: "bytea",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "RulesVersion",
                table: "class_links",
                type: "integer",
                nullable: true);

            // What led from pledges erased by earlier versions to their pupils: the key of the row on paper, and the used slip.
            migrationBuilder.Sql(
                """
                UPDATE paper_rows SET "Key" = gen_random_uuid()
                WHERE "IsErased"
                """);
            migrationBuilder.Sql(
                """
                DELETE FROM slips WHERE "UsedAt" IS NOT NULL
                    AND "Id" NOT IN (SELECT "VoucherId" FROM pledges WHERE "VoucherKind" = 1 AND "VoucherId" IS NOT NULL)
                """);
            // The former bytes, and those of photos that were removed, go in the next night. A new database has nothing of it.
            migrationBuilder.Sql("""UPDATE maintenance SET "ErasedAt" = "ClockSeenAt" """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "ConsentHash",
                table: "paper_sheets");

            migrationBuilder.DropColumn(
                name: "RulesVersion",
                table: "paper_sheets");

            migrationBuilder.DropColumn(
                name: "ErasedAt",
                table: "maintenance");

            migrationBuilder.DropColumn(
                name: "ConsentHash",
                table: "class_links");

            migrationBuilder.DropColumn(
                name: "RulesVersion",
                table: "class_links");
        }
    }
}
