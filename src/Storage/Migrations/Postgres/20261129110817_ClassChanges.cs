using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace SafetyCampaign.src.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class ClassChanges : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "GuardianTextId",
                table: "slips",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "StudentTextId",
                table: "slips",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "MergedIntoId",
                table: "classes",
                type: "integer",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "class_revisions",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    ClassId = table.Column<int>(type: "integer", nullable: false),
                    Until = table.Column<long>(type: "bigint", nullable: false),
                    Stage = table.Column<int>(type: "integer", nullable: false),
                    Grade = table.Column<int>(type: "integer", nullable: false),
                    EntryYear = table.Column<int>(type: "integer", nullable: false),
                    Label = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    Expected = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_class_revisions", x => x.Id);
                    table.ForeignKey(
                        name: "FK_class_revisions_classes_ClassId",
                        column: x => x.ClassId,
                        principalTable: "classes",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_classes_MergedIntoId",
                table: "classes",
                column: "MergedIntoId");

            migrationBuilder.CreateIndex(
                name: "IX_class_revisions_ClassId",
                table: "class_revisions",
                column: "ClassId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "class_revisions");

            migrationBuilder.DropIndex(
                name: "IX_classes_MergedIntoId",
                table: "classes");

            migrationBuilder.DropColumn(
                name: "GuardianTextId",
                table: "slips");

            migrationBuilder.DropColumn(
                name: "StudentTextId",
                table: "slips");

            migrationBuilder.DropColumn(
                name: "MergedIntoId",
                table: "classes");
        }
    }
}
