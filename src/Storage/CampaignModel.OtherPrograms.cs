using Microsoft.EntityFrameworkCore;

namespace SafetyCampaign.Storage;

/// <summary>What other programs read by, and what is sent to them.</summary>
internal static partial class CampaignModel
{
    private static void OtherPrograms(ModelBuilder model)
    {
        model.Entity<ApiToken>(token =>
        {
            token.ToTable("api_tokens");
            token.Property(t => t.Name).HasMaxLength(ApiToken.NameMaxLength);
            token.HasIndex(t => t.SecretHash).IsUnique();
            token.HasOne(t => t.Organization).WithMany().HasForeignKey(t => t.OrganizationId); // go with the organization
        });
        model.Entity<WeeklyExport>(export =>
        {
            export.ToTable("weekly_exports");
            export.Property(x => x.Address).HasMaxLength(WeeklyExport.AddressMaxLength);
            export.HasOne(x => x.Organization).WithMany().HasForeignKey(x => x.OrganizationId); // go with the organization
        });
        model.Entity<ExportDelivery>(delivery =>
        {
            delivery.ToTable("export_deliveries");
            delivery.HasIndex(d => new { d.ExportId, d.DueAt }).IsUnique();
            delivery.HasIndex(d => d.NextAttemptAt); // null once nothing is to be done
            delivery.HasOne<WeeklyExport>().WithMany().HasForeignKey(d => d.ExportId);
        });
    }
}
