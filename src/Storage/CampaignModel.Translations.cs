using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Storage;

/// <summary>What events, campaigns and organizations are called in further languages: a row a language. A scene keeps its translations itself.</summary>
internal static partial class CampaignModel
{
    private static void Translations(ModelBuilder model)
    {
        model.Entity<CampaignEvent>(e =>
        {
            e.HasMany(x => x.Translations).WithOne().HasForeignKey(t => t.EventId);
            e.Navigation(x => x.Translations).AutoInclude(); // wherever an event is shown it may be to a reader of another language
        });
        model.Entity<EventTranslation>(translation =>
        {
            translation.ToTable("event_translations");
            translation.HasKey(t => new { t.EventId, t.Language });
            translation.Ignore(t => t.IsEmpty);
            translation.Property(t => t.Language).HasMaxLength(TranslationLanguages.TagMaxLength);
            translation.Property(t => t.Title).HasMaxLength(CampaignEvent.TitleMaxLength);
            translation.Property(t => t.Place).HasMaxLength(CampaignEvent.PlaceMaxLength);
            translation.Property(t => t.Partners).HasConversion<NamesJson>(NamesJson.Comparer).HasDefaultValueSql("'{}'");
        });
        model.Entity<Campaign>(campaign =>
        {
            campaign.HasMany(c => c.Translations).WithOne().HasForeignKey(t => t.CampaignId);
            campaign.Navigation(c => c.Translations).AutoInclude();
            // Concurrency token: the second of two who call it otherwise at once gets an error instead of overwriting.
            campaign.Property(c => c.Revision).IsConcurrencyToken();
        });
        model.Entity<CampaignTranslation>(translation =>
        {
            translation.ToTable("campaign_translations");
            translation.HasKey(t => new { t.CampaignId, t.Language });
            translation.Property(t => t.Language).HasMaxLength(TranslationLanguages.TagMaxLength);
            translation.Property(t => t.Title).HasMaxLength(Campaign.TitleMaxLength);
        });
        model.Entity<Scene>().Property(s => s.Translations)
            .HasConversion<SceneTranslationsJson>(SceneTranslationsJson.Comparer).HasDefaultValueSql("'[]'");
        model.Entity<Organization>(organization =>
        {
            organization.HasMany(o => o.Translations).WithOne().HasForeignKey(t => t.OrganizationId);
            organization.Navigation(o => o.Translations).AutoInclude();
        });
        model.Entity<OrganizationTranslation>(translation =>
        {
            translation.ToTable("organization_translations");
            translation.HasKey(t => new { t.OrganizationId, t.Language });
            translation.Property(t => t.Language).HasMaxLength(TranslationLanguages.TagMaxLength);
            translation.Property(t => t.Name).HasMaxLength(Organization.NameMaxLength);
        });
    }
}
