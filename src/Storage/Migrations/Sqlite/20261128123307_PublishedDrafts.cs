using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SafetyCampaign.src.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class PublishedDrafts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "IsPublished",
                table: "events",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            // Posters of the events that are there may hang already.
            migrationBuilder.Sql("""UPDATE events SET "IsPublished" = 1""");

            migrationBuilder.CreateIndex(
                name: "IX_audit_entries_At",
                table: "audit_entries",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_audit_entries_EventCode",
                table: "audit_entries",
                column: "EventCode");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_audit_entries_At",
                table: "audit_entries");

            migrationBuilder.DropIndex(
                name: "IX_audit_entries_EventCode",
                table: "audit_entries");

            migrationBuilder.DropColumn(
                name: "IsPublished",
                table: "events");
        }
    }
}
