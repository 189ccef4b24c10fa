using System.Reflection;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Tests.Organizing;

/// <summary>Every limit of what an organizer may type is answered at the desk with a sentence that names it.</summary>
public sealed class LimitTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private static readonly Type[] Typed = [typeof(Campaign), typeof(CampaignEvent), typeof(Scene), typeof(PledgeWording),
        typeof(PledgeTranslation)];

    /// <summary>The limit, the page that holds it ({code} and {campaign} filled in), and a field that goes one over.</summary>
    public static TheoryData<string, string, string, string> OneOver() => new()
    {
        { "Campaign.TitleMaxLength", "events/new", "Form.CampaignTitle", Long(Campaign.TitleMaxLength) },
        { "CampaignEvent.TitleMaxLength", "events/{code}/facts", "Form.Title", Long(CampaignEvent.TitleMaxLength) },
        { "CampaignEvent.PlaceMaxLength", "events/{code}/facts", "Form.Place", Long(CampaignEvent.PlaceMaxLength) },
        { "CampaignEvent.PartnerMaxLength", "events/{code}/facts", "Form.Partners", Long(CampaignEvent.PartnerMaxLength) },
        { "CampaignEvent.MaxPartners", "events/{code}/facts", "Form.Hosts", Many(CampaignEvent.MaxPartners) },
        { "CampaignEvent.MaxScenes", "events/{code}/scenes", "", "" },
        { "Scene.TitleMaxLength", "events/{code}/scenes", "Scenes[0].Title", Long(Scene.TitleMaxLength) },
        { "Scene.NotesMaxLength", "events/{code}/scenes", "Scenes[0].Notes", Long(Scene.NotesMaxLength) },
        { "PledgeWording.TitleMaxLength", "campaigns/{campaign}/texts/student/edit", "Form.Title", Long(PledgeWording.TitleMaxLength) },
        { "PledgeWording.ClauseMaxLength", "campaigns/{campaign}/texts/student/edit", "Form.Clauses", Long(PledgeWording.ClauseMaxLength) },
        { "PledgeWording.ClosingMaxLength", "campaigns/{campaign}/texts/student/edit", "Form.Closing",
            Long(PledgeWording.ClosingMaxLength) },
        { "PledgeWording.MaxClauses", "campaigns/{campaign}/texts/student/edit", "Form.Clauses", Many(PledgeWording.MaxClauses) },
        { "PledgeTranslation.TitleMaxLength", "campaigns/{campaign}/texts/student/edit", "Form.Translations[0].Title",
            Long(PledgeTranslation.TitleMaxLength) },
        { "PledgeTranslation.ClauseMaxLength", "campaigns/{campaign}/texts/student/edit", "Form.Translations[0].Clauses",
            Long(PledgeTranslation.ClauseMaxLength) },
        { "PledgeTranslation.ClosingMaxLength", "campaigns/{campaign}/texts/student/edit", "Form.Translations[0].Closing",
            Long(PledgeTranslation.ClosingMaxLength) },
        { "PledgeTranslation.MaxTranslations", "campaigns/{campaign}/texts/student/edit", "", "" },
    };

    [Theory, MemberData(nameof(OneOver))]
    public async Task One_over_the_limit_is_answered_with_the_limit(string limit, string page, string field, string value)
    {
        var e = await app.SeedEventAsync();
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        var address = "/organize/" + page.Replace("{code}", e.Code).Replace("{campaign}", $"{e.CampaignId}");
        (string, string?)[] fields = limit switch
        {
            "CampaignEvent.MaxScenes" => [.. Enumerable.Range(0, CampaignEvent.MaxScenes + 1).SelectMany(SceneFields)],
            "PledgeTranslation.MaxTranslations" =>
                [.. Enumerable.Range(0, PledgeTranslation.MaxTranslations + 1).SelectMany(TranslationFields)],
            _ => [(field, value)],
        };

        var response = await organizer.SendAsync(address, fields);

        Assert.Equal(System.Net.HttpStatusCode.OK, response.StatusCode);
        Assert.Matches($"[\u4E00-\u9FFF）]最多{LimitOf(limit)}[个行]", await DeskVisitor.TextAsync(response));
    }

    [Fact]
    public void Every_limit_is_tried()
    {
        var limits = Typed.SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static)
            // Minutes are tried by GraceTests.
            .Where(f => f.IsLiteral && f.FieldType == typeof(int) && !f.Name.EndsWith("GraceMinutes", StringComparison.Ordinal))
            .Select(f => $"{type.Name}.{f.Name}"));

        Assert.Equal(limits.Order(), OneOver().Select(row => row.Data.Item1).Order());
    }

    private static int LimitOf(string limit) =>
        (int)Typed.Single(t => t.Name == limit.Split('.')[0]).GetField(limit.Split('.')[1])!.GetRawConstantValue()!;

    private static (string, string?)[] SceneFields(int place) =>
        [($"Scenes[{place}].Id", "0"), ($"Scenes[{place}].Kind", "Speech"), ($"Scenes[{place}].Title", "讲话")];

    private static (string, string?)[] TranslationFields(int place) =>
    [
        ($"Form.Translations[{place}].Language", "other"), ($"Form.Translations[{place}].Tag", $"a{(char)('a' + place)}"),
        ($"Form.Translations[{place}].Title", "t"), ($"Form.Translations[{place}].Clauses", Many(OfficialTexts.SixDonts.Count - 1)),
        ($"Form.Translations[{place}].Closing", "c"),
    ];

    private static string Long(int longest) => new('水', longest + 1);

    private static string Many(int most) => string.Join('\n', Enumerable.Range(1, most + 1));
}
