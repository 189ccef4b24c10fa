using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SafetyCampaign.src.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class AuditLog : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "audit_chain",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    LastSequence = table.Column<long>(type: "INTEGER", nullable: false),
                    LastHash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    AnchorSequence = table.Column<long>(type: "INTEGER", nullable: false),
                    AnchorHash = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_chain", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "audit_entries",
                columns: table => new
                {
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Action = table.Column<int>(type: "INTEGER", nullable: false),
                    AccountId = table.Column<int>(type: "INTEGER", nullable: true),
                    AccountName = table.Column<string>(type: "TEXT", nullable: true),
                    HostLinkId = table.Column<int>(type: "INTEGER", nullable: true),
                    OrganizationPath = table.Column<string>(type: "TEXT", nullable: true),
                    OrganizationName = table.Column<string>(type: "TEXT", nullable: true),
                    EventCode = table.Column<string>(type: "TEXT", nullable: true),
                    CampaignId = table.Column<int>(type: "INTEGER", nullable: true),
                    ClassId = table.Column<int>(type: "INTEGER", nullable: true),
                    Subject = table.Column<string>(type: "TEXT", nullable: true),
                    Detail = table.Column<string>(type: "TEXT", nullable: true),
                    Count = table.Column<int>(type: "INTEGER", nullable: true),
                    Reason = table.Column<int>(type: "INTEGER", nullable: true),
                    Hash = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_entries", x => x.Sequence);
                });

            migrationBuilder.CreateTable(
                name: "names_grants",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    OrganizerId = table.Column<int>(type: "INTEGER", nullable: false),
                    OrganizationId = table.Column<int>(type: "INTEGER", nullable: false),
                    GrantedBy = table.Column<int>(type: "INTEGER", nullable: false),
                    GrantedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Until = table.Column<long>(type: "INTEGER", nullable: false),
                    RevokedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_names_grants", x => x.Id);
                    table.ForeignKey(
                        name: "FK_names_grants_organizations_OrganizationId",
                        column: x => x.OrganizationId,
                        principalTable: "organizations",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_names_grants_organizers_OrganizerId",
                        column: x => x.OrganizerId,
                        principalTable: "organizers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_names_grants_OrganizationId",
                table: "names_grants",
                column: "OrganizationId");

            migrationBuilder.CreateIndex(
                name: "IX_names_grants_OrganizerId",
                table: "names_grants",
                column: "OrganizerId");

            // The chain begins with 32 zero bytes. A line may be deleted once the anchor has passed it and it is older than 183 days
            // (AuditLog.MinKeepDays) by the database's own clock; times are .NET ticks.
            migrationBuilder.Sql(
                """
                INSERT INTO audit_chain ("Id", "LastSequence", "LastHash", "AnchorSequence", "AnchorHash")
                VALUES (1, 0, zeroblob(32), 0, zeroblob(32))
                """);

            migrationBuilder.Sql(
                """
                CREATE TRIGGER audit_entries_no_update BEFORE UPDATE ON audit_entries
                BEGIN SELECT RAISE(ABORT, 'audit_entries is append-only'); END
                """);

            migrationBuilder.Sql(
                """
                CREATE TRIGGER audit_entries_no_delete BEFORE DELETE ON audit_entries
                WHEN OLD."Sequence" > (SELECT "AnchorSequence" FROM audit_chain)
                    OR OLD."At" > (unixepoch() - 183 * 86400) * 10000000 + 621355968000000000
                BEGIN SELECT RAISE(ABORT, 'audit_entries is append-only'); END
                """);

            migrationBuilder.Sql(
                """
                CREATE TRIGGER audit_entries_no_replace BEFORE INSERT ON audit_entries
                WHEN EXISTS (SELECT 1 FROM audit_entries WHERE "Sequence" = NEW."Sequence")
                BEGIN SELECT RAISE(ABORT, 'audit_entries is append-only'); END
                """);

            migrationBuilder.Sql(
                """
                CREATE TRIGGER audit_chain_only_grows BEFORE UPDATE ON audit_chain
                WHEN NEW."LastSequence" < OLD."LastSequence" OR NEW."AnchorSequence" < OLD."AnchorSequence"
                BEGIN SELECT RAISE(ABORT, 'audit_chain only grows'); END
                """);

            migrationBuilder.Sql(
                """
                CREATE TRIGGER audit_chain_no_delete BEFORE DELETE ON audit_chain
                BEGIN SELECT RAISE(ABORT, 'audit_chain only grows'); END
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "audit_chain");

            migrationBuilder.DropTable(
                name: "audit_entries");

            migrationBuilder.DropTable(
                name: "names_grants");
        }
    }
}
