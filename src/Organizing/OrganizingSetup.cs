using SafetyCampaign.Operations;
using SafetyCampaign.Organizing.Accounts;
using SafetyCampaign.Organizing.Audit;
using SafetyCampaign.Organizing.Events.LostReceipt;
using SafetyCampaign.Organizing.Events.Review;
using SafetyCampaign.Organizing.Events.Signers;
using SafetyCampaign.Organizing.Organizations;
using SafetyCampaign.Organizing.Organizations.Merge;
using SafetyCampaign.Organizing.Participations;
using SafetyCampaign.Organizing.SecondFactor;
using SafetyCampaign.Organizing.SetUp;

namespace SafetyCampaign.Organizing;

public static class OrganizingSetup
{
    /// <summary>What the command line can do of this room.</summary>
    public static IReadOnlyList<Verb> Verbs { get; } = [CreateAdministrator.Verb];

    public static void AddOrganizing(this WebApplicationBuilder builder)
    {
        builder.Services.AddAccountRules();
        builder.Services.AddSingleton<GeneratedPasswords>();
        builder.Services.AddSingleton<AdministratorSetup>();
        builder.Services.AddSingleton<SetUpInvitation>();
        builder.Services.AddSingleton(services =>
            new BannerLine("首次设置", "Set up", services.GetRequiredService<SetUpInvitation>().PathAsync));
        builder.Services.AddScoped<AuthenticatorOffer>();
        builder.Services.AddSingleton<ClassUse>();
        builder.Services.AddSingleton<OrganizationMover>();
        builder.Services.AddSingleton<OrganizationMerger>();
        builder.Services.AddSingleton<ParticipationReader>();
        builder.Services.AddSingleton<ReviewStore>();
        builder.Services.AddSingleton<AuditWording>();
        builder.Services.AddSingleton<LostReceiptSearch>();
        builder.Services.AddSingleton<SignerList>();
    }
}
