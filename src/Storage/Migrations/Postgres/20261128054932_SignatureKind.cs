using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SafetyCampaign.src.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class SignatureKind : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RenameColumn(
                name: "Typed",
                table: "pledges",
                newName: "SignatureKind");

            // false is Handwritten (0), true is Typed (1). A boolean becomes a number by nothing but USING.
            migrationBuilder.Sql(
                """
                ALTER TABLE pledges ALTER COLUMN "SignatureKind" TYPE integer USING "SignatureKind"::integer
                """);

            migrationBuilder.AddColumn<int>(
                name: "VoucherId",
                table: "pledges",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "VoucherKind",
                table: "pledges",
                type: "integer",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "VoucherId",
                table: "pledges");

            migrationBuilder.DropColumn(
                name: "VoucherKind",
                table: "pledges");

            // What has no strokes (Typed, OnPaper) counts as typed.
            migrationBuilder.Sql(
                """
                ALTER TABLE pledges ALTER COLUMN "SignatureKind" TYPE boolean USING "SignatureKind" IN (1, 2)
                """);

            migrationBuilder.RenameColumn(
                name: "SignatureKind",
                table: "pledges",
                newName: "Typed");
        }
    }
}
