using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SafetyCampaign.src.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class TextTranslations : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Translations",
                table: "pledge_texts",
                type: "text",
                nullable: false,
                defaultValueSql: "'[]'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Translations",
                table: "pledge_texts");
        }
    }
}
