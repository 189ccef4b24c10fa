using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SafetyCampaign.src.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Consents : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<byte[]>(
                name: "ConsentHash",
                table: "pledges",
                type: "BLOB",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "MaskedNameWithdrawnAt",
                table: "pledges",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "RulesVersion",
                table: "pledges",
                type: "INTEGER",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "ConsentHash",
                table: "pledges");

            migrationBuilder.DropColumn(
                name: "MaskedNameWithdrawnAt",
                table: "pledges");

            migrationBuilder.DropColumn(
                name: "RulesVersion",
                table: "pledges");
        }
    }
}
