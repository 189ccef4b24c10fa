using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SafetyCampaign.src.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Grace : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "GraceMinutes",
                table: "events",
                type: "integer",
                nullable: false,
                defaultValue: 30);

            migrationBuilder.AddColumn<byte[]>(
                name: "KeySecret",
                table: "events",
                type: "bytea",
                nullable: false,
                defaultValue: new byte[0]);

            migrationBuilder.Sql("UPDATE events SET \"KeySecret\" = uuid_send(gen_random_uuid())");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "GraceMinutes",
                table: "events");

            migrationBuilder.DropColumn(
                name: "KeySecret",
                table: "events");
        }
    }
}
