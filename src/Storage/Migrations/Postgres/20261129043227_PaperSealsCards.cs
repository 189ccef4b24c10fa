using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace SafetyCampaign.src.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class PaperSealsCards : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RenameColumn(
                name: "Partner",
                table: "event_pictures",
                newName: "Subject");

            migrationBuilder.CreateTable(
                name: "event_seals",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    EventId = table.Column<int>(type: "integer", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    SealedAt = table.Column<long>(type: "bigint", nullable: false),
                    Leaves = table.Column<int>(type: "integer", nullable: false),
                    Root = table.Column<byte[]>(type: "bytea", nullable: false),
                    Code = table.Column<string>(type: "text", nullable: false),
                    LeafHashes = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_event_seals", x => x.Id);
                    table.ForeignKey(
                        name: "FK_event_seals_events_EventId",
                        column: x => x.EventId,
                        principalTable: "events",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "paper_sheets",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    EventId = table.Column<int>(type: "integer", nullable: false),
                    ClassId = table.Column<int>(type: "integer", nullable: false),
                    Page = table.Column<int>(type: "integer", nullable: false),
                    Pages = table.Column<int>(type: "integer", nullable: false),
                    Code = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    StudentTextId = table.Column<int>(type: "integer", nullable: false),
                    GuardianTextId = table.Column<int>(type: "integer", nullable: true),
                    PrintedAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_paper_sheets", x => x.Id);
                    table.ForeignKey(
                        name: "FK_paper_sheets_classes_ClassId",
                        column: x => x.ClassId,
                        principalTable: "classes",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_paper_sheets_events_EventId",
                        column: x => x.EventId,
                        principalTable: "events",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "paper_photos",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    EventId = table.Column<int>(type: "integer", nullable: false),
                    ClassId = table.Column<int>(type: "integer", nullable: true),
                    SheetId = table.Column<int>(type: "integer", nullable: true),
                    Whole = table.Column<byte[]>(type: "bytea", nullable: true),
                    Rehearsal = table.Column<bool>(type: "boolean", nullable: false),
                    UploadedAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_paper_photos", x => x.Id);
                    table.ForeignKey(
                        name: "FK_paper_photos_classes_ClassId",
                        column: x => x.ClassId,
                        principalTable: "classes",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_paper_photos_events_EventId",
                        column: x => x.EventId,
                        principalTable: "events",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_paper_photos_paper_sheets_SheetId",
                        column: x => x.SheetId,
                        principalTable: "paper_sheets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "paper_rows",
                columns: table => new
                {
                    SheetId = table.Column<int>(type: "integer", nullable: false),
                    Row = table.Column<int>(type: "integer", nullable: false),
                    RosterEntryId = table.Column<int>(type: "integer", nullable: true),
                    Name = table.Column<string>(type: "text", nullable: true),
                    Decision = table.Column<int>(type: "integer", nullable: true),
                    Key = table.Column<Guid>(type: "uuid", nullable: false),
                    Sequence = table.Column<long>(type: "bigint", nullable: true),
                    IsErased = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_paper_rows", x => new { x.SheetId, x.Row });
                    table.ForeignKey(
                        name: "FK_paper_rows_paper_sheets_SheetId",
                        column: x => x.SheetId,
                        principalTable: "paper_sheets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_paper_rows_roster_entries_RosterEntryId",
                        column: x => x.RosterEntryId,
                        principalTable: "roster_entries",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "paper_row_pictures",
                columns: table => new
                {
                    PhotoId = table.Column<int>(type: "integer", nullable: false),
                    Row = table.Column<int>(type: "integer", nullable: false),
                    RosterEntryId = table.Column<int>(type: "integer", nullable: true),
                    Picture = table.Column<byte[]>(type: "bytea", nullable: false),
                    Guess = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_paper_row_pictures", x => new { x.PhotoId, x.Row });
                    table.ForeignKey(
                        name: "FK_paper_row_pictures_paper_photos_PhotoId",
                        column: x => x.PhotoId,
                        principalTable: "paper_photos",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_paper_row_pictures_roster_entries_RosterEntryId",
                        column: x => x.RosterEntryId,
                        principalTable: "roster_entries",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_event_seals_EventId_Version",
                table: "event_seals",
                columns: new[] { "EventId", "Version" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_paper_photos_ClassId",
                table: "paper_photos",
                column: "ClassId");

            migrationBuilder.CreateIndex(
                name: "IX_paper_photos_EventId",
                table: "paper_photos",
                column: "EventId");

            migrationBuilder.CreateIndex(
                name: "IX_paper_photos_SheetId",
                table: "paper_photos",
                column: "SheetId");

            migrationBuilder.CreateIndex(
                name: "IX_paper_row_pictures_RosterEntryId",
                table: "paper_row_pictures",
                column: "RosterEntryId");

            migrationBuilder.CreateIndex(
                name: "IX_paper_rows_RosterEntryId",
                table: "paper_rows",
                column: "RosterEntryId");

            migrationBuilder.CreateIndex(
                name: "IX_paper_rows_Sequence",
                table: "paper_rows",
                column: "Sequence");

            migrationBuilder.CreateIndex(
                name: "IX_paper_sheets_ClassId",
                table: "paper_sheets",
                column: "ClassId");

            migrationBuilder.CreateIndex(
                name: "IX_paper_sheets_Code",
                table: "paper_sheets",
                column: "Code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_paper_sheets_EventId",
                table: "paper_sheets",
                column: "EventId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "event_seals");

            migrationBuilder.DropTable(
                name: "paper_row_pictures");

            migrationBuilder.DropTable(
                name: "paper_rows");

            migrationBuilder.DropTable(
                name: "paper_photos");

            migrationBuilder.DropTable(
                name: "paper_sheets");

            migrationBuilder.RenameColumn(
                name: "Subject",
                table: "event_pictures",
                newName: "Partner");
        }
    }
}
