using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace SafetyCampaign.src.Storage.Migrations.Postgres
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
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    CampaignId = table.Column<int>(type: "integer", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    Controller = table.Column<string>(type: "text", nullable: false),
                    ContactPerson = table.Column<string>(type: "text", nullable: false),
                    ContactWay = table.Column<string>(type: "text", nullable: false),
                    Purpose = table.Column<string>(type: "text", nullable: false),
                    StoragePlace = table.Column<string>(type: "text", nullable: false),
                    EndsOn = table.Column<DateOnly>(type: "date", nullable: false),
                    WrittenAt = table.Column<long>(type: "bigint", nullable: false)
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
                SELECT last."Id", 1, last."Name", '', '', '', '', greatest(last."Day", make_date(extract(year FROM last."Day")::int, 9, 30)), (extract(epoch FROM now())::bigint * 10000000 + 621355968000000000)
                FROM (SELECT c."Id", o."Name", coalesce((SELECT max((to_timestamp((("EndsAt" - 621355968000000000) / 10000000)::double precision) AT TIME ZONE 'Asia/Shanghai')::date) FROM events WHERE "CampaignId" = c."Id"), current_date) AS "Day"
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
