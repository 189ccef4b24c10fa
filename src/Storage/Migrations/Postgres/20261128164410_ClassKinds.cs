using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace SafetyCampaign.src.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class ClassKinds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_classes_SchoolId_Grade_Number",
                table: "classes");

            migrationBuilder.AddColumn<long>(
                name: "ArchivedAt",
                table: "organizations",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Revision",
                table: "organizations",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<int>(
                name: "Stage",
                table: "organizations",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "EntryYear",
                table: "classes",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "Label",
                table: "classes",
                type: "character varying(20)",
                maxLength: 20,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<int>(
                name: "Stage",
                table: "classes",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.Sql("""
                UPDATE classes SET "Stage" = CASE WHEN "Grade" <= 6 THEN 2 WHEN "Grade" <= 9 THEN 3 ELSE 4 END
                """);

            migrationBuilder.CreateTable(
                name: "organization_moves",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    OrganizationId = table.Column<int>(type: "integer", nullable: false),
                    From = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    To = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_organization_moves", x => x.Id);
                    table.ForeignKey(
                        name: "FK_organization_moves_organizations_OrganizationId",
                        column: x => x.OrganizationId,
                        principalTable: "organizations",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_classes_SchoolId_Stage_Grade_EntryYear_Label_Number",
                table: "classes",
                columns: new[] { "SchoolId", "Stage", "Grade", "EntryYear", "Label", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_organization_moves_OrganizationId",
                table: "organization_moves",
                column: "OrganizationId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // Classes of the kinds that the schema of before does not have.
            migrationBuilder.Sql("""
                DELETE FROM event_classes WHERE "ClassesId" IN
                    (SELECT "Id" FROM classes WHERE "Grade" < 1 OR "Label" <> '' OR "Number" > 99)
                """);
            migrationBuilder.Sql("""DELETE FROM classes WHERE "Grade" < 1 OR "Label" <> '' OR "Number" > 99""");

            migrationBuilder.DropTable(
                name: "organization_moves");

            migrationBuilder.DropIndex(
                name: "IX_classes_SchoolId_Stage_Grade_EntryYear_Label_Number",
                table: "classes");

            migrationBuilder.DropColumn(
                name: "ArchivedAt",
                table: "organizations");

            migrationBuilder.DropColumn(
                name: "Revision",
                table: "organizations");

            migrationBuilder.DropColumn(
                name: "Stage",
                table: "organizations");

            migrationBuilder.DropColumn(
                name: "EntryYear",
                table: "classes");

            migrationBuilder.DropColumn(
                name: "Label",
                table: "classes");

            migrationBuilder.DropColumn(
                name: "Stage",
                table: "classes");

            migrationBuilder.CreateIndex(
                name: "IX_classes_SchoolId_Grade_Number",
                table: "classes",
                columns: new[] { "SchoolId", "Grade", "Number" },
                unique: true);
        }
    }
}
