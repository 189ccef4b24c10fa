using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SafetyCampaign.src.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class SignatureKind : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // 0 is Handwritten, 1 is Typed: what was false and true. Renamed in place, so the table is not written anew and stays STRICT.
            migrationBuilder.RenameColumn(
                name: "Typed",
                table: "pledges",
                newName: "SignatureKind");

            migrationBuilder.AddColumn<int>(
                name: "VoucherId",
                table: "pledges",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "VoucherKind",
                table: "pledges",
                type: "INTEGER",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // What has no strokes (Typed, OnPaper) counts as typed.
            migrationBuilder.Sql(
                """
                UPDATE pledges SET SignatureKind = SignatureKind IN (1, 2) WHERE SignatureKind > 1
                """);

            migrationBuilder.DropColumn(
                name: "VoucherId",
                table: "pledges");

            migrationBuilder.DropColumn(
                name: "VoucherKind",
                table: "pledges");

            migrationBuilder.RenameColumn(
                name: "SignatureKind",
                table: "pledges",
                newName: "Typed");
        }
    }
}
