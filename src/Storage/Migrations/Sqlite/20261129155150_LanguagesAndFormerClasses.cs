using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SafetyCampaign.src.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class LanguagesAndFormerClasses : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_report_photos_EventId",
                table: "report_photos");

            migrationBuilder.AddColumn<string>(
                name: "Translations",
                table: "scenes",
                type: "TEXT",
                nullable: false,
                defaultValueSql: "'[]'");

            migrationBuilder.AddColumn<int>(
                name: "Place",
                table: "report_photos",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "FormerClassId",
                table: "ledger_acts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Revision",
                table: "campaigns",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateTable(
                name: "campaign_translations",
                columns: table => new
                {
                    CampaignId = table.Column<int>(type: "INTEGER", nullable: false),
                    Language = table.Column<string>(type: "TEXT", maxLength: 35, nullable: false),
                    Title = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_campaign_translations", x => new { x.CampaignId, x.Language });
                    table.ForeignKey(
                        name: "FK_campaign_translations_campaigns_CampaignId",
                        column: x => x.CampaignId,
                        principalTable: "campaigns",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "roster_imports",
                columns: table => new
                {
                    SchoolId = table.Column<int>(type: "INTEGER", nullable: false),
                    StartedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    HeardAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Done = table.Column<int>(type: "INTEGER", nullable: false),
                    All = table.Column<int>(type: "INTEGER", nullable: false),
                    Outcome = table.Column<int>(type: "INTEGER", nullable: false),
                    Added = table.Column<int>(type: "INTEGER", nullable: false),
                    Changed = table.Column<int>(type: "INTEGER", nullable: false),
                    Moved = table.Column<int>(type: "INTEGER", nullable: false),
                    Left = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_roster_imports", x => x.SchoolId);
                    table.ForeignKey(
                        name: "FK_roster_imports_organizations_SchoolId",
                        column: x => x.SchoolId,
                        principalTable: "organizations",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_report_photos_EventId_Place",
                table: "report_photos",
                columns: new[] { "EventId", "Place" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "campaign_translations");

            migrationBuilder.DropTable(
                name: "roster_imports");

            migrationBuilder.DropIndex(
                name: "IX_report_photos_EventId_Place",
                table: "report_photos");

            migrationBuilder.DropColumn(
                name: "Translations",
                table: "scenes");

            migrationBuilder.DropColumn(
                name: "Place",
                table: "report_photos");

            migrationBuilder.DropColumn(
                name: "FormerClassId",
                table: "ledger_acts");

            migrationBuilder.DropColumn(
                name: "Revision",
                table: "campaigns");

            migrationBuilder.CreateIndex(
                name: "IX_report_photos_EventId",
                table: "report_photos",
                column: "EventId");
        }
    }
}
