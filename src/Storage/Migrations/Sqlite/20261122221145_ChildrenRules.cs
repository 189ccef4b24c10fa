using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SafetyCampaign.src.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ChildrenRules : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "children_rules",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    CampaignId = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    Controller = table.Column<string>(type: "TEXT", nullable: false),
                    ContactPerson = table.Column<string>(type: "TEXT", nullable: false),
                    ContactWay = table.Column<string>(type: "TEXT", nullable: false),
                    Purpose = table.Column<string>(type: "TEXT", nullable: false),
                    StoragePlace = table.Column<string>(type: "TEXT", nullable: false),
                    EndsOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    WrittenAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_children_rules", x => x.Id);
                    table.ForeignKey(
                        name: "FK_children_rules_campaigns_CampaignId",
                        column: x => x.CampaignId,
                        principalTable: "campaigns",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_children_rules_CampaignId_Version",
                table: "children_rules",
                columns: new[] { "CampaignId", "Version" },
                unique: true);

            // Campaigns from before have the usual rules: RulesSettings.Usual and Campaign.UsualEnd, at Shanghai's clocks.
            migrationBuilder.Sql(
                """
                INSERT INTO children_rules ("CampaignId", "Version", "Controller", "ContactPerson", "ContactWay", "Purpose", "StoragePlace", "EndsOn", "WrittenAt")
                SELECT last."Id", 1, last."Name", '', '', '', '', max(last."Day", substr(last."Day", 1, 4) || '-09-30'), (unixepoch() * 10000000 + 621355968000000000)
                FROM (SELECT c."Id", o."Name", coalesce((SELECT max(date(("EndsAt" - 621355968000000000) / 10000000 + 28800, 'unixepoch')) FROM events WHERE "CampaignId" = c."Id"), date('now')) AS "Day"
                      FROM campaigns c JOIN organizations o ON o."Id" = c."OrganizationId") AS last
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "children_rules");
        }
    }
}
