using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace SafetyCampaign.Storage;

/// <summary>Who signs in at the desk, by what, and what they may read.</summary>
internal static partial class CampaignModel
{
    private static void Accounts(ModelBuilder model)
    {
        model.Entity<Organizer>(organizer =>
        {
            organizer.ToTable("organizers");
            organizer.HasOne(o => o.Organization).WithMany().HasForeignKey(o => o.OrganizationId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<OrganizerSession>(session =>
        {
            session.ToTable("organizer_sessions");
            session.HasIndex(s => s.KeyHash).IsUnique();
            session.HasOne<Organizer>().WithMany().HasForeignKey(s => s.OrganizerId); // go with the account
        });
        model.Entity<IdentityUserClaim<int>>().ToTable("organizer_claims");
        model.Entity<IdentityUserLogin<int>>().ToTable("organizer_logins");
        model.Entity<IdentityUserToken<int>>().ToTable("organizer_tokens");
        // The framework's schema version 3, of which only this table is new. Written out here, because the framework reads its
        // version from the options of a running program, which `dotnet ef` does not have.
        model.Entity<IdentityUserPasskey<int>>(passkey =>
        {
            passkey.ToTable("organizer_passkeys");
            passkey.HasKey(p => p.CredentialId);
            passkey.Property(p => p.CredentialId).HasMaxLength(1024); // WebAuthn: 1,023 bytes at most
            passkey.OwnsOne(p => p.Data).ToJson();
            passkey.HasOne<Organizer>().WithMany().HasForeignKey(p => p.UserId); // go with the account
        });
        model.Entity<NamesGrant>(grant =>
        {
            grant.ToTable("names_grants");
            grant.HasOne<Organizer>().WithMany().HasForeignKey(g => g.OrganizerId);
            grant.HasOne(g => g.Organization).WithMany().HasForeignKey(g => g.OrganizationId);
        });
    }
}
