using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SafetyCampaign.src.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class StageCeremony : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "LargeCode",
                table: "stages",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "SceneSince",
                table: "stages",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Together",
                table: "stages",
                type: "text",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "LargeCode",
                table: "stages");

            migrationBuilder.DropColumn(
                name: "SceneSince",
                table: "stages");

            migrationBuilder.DropColumn(
                name: "Together",
                table: "stages");
        }
    }
}
