using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Display.Scenes;
using SafetyCampaign.Storage;
using SafetyCampaign.Tests.Display.Host;

namespace SafetyCampaign.Tests.Display.Scenes;

/// <summary>A kind of scene is one folder and one descriptor; everything else asks the descriptor.</summary>
public sealed class SceneDescriptorTests : IAsyncLifetime
{
    private readonly CampaignApp app = new() { Parts = services => services.AddScene(new SilenceScene()) };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_scene_that_only_its_descriptor_knows_goes_from_the_desk_to_the_stage_and_into_the_hosts_hand()
    {
        var e = await app.SeedEventAsync();
        var scene = await AddAtTheDeskAsync(e, groups: "3", speaker: "静默一分钟");

        using var screen = app.CreateClient();
        var stage = await screen.GetStringAsync($"/display/{e.Code}", Cancellation);
        Assert.Contains($"<section class=\"room silence\" data-room=\"{scene}\" data-kind=\"silence\"", stage);

        var host = await HostVisitor.EnterAsync(app, e);
        await host.PressAsync($"to-{scene}");
        await host.PressAsync("next");
        Assert.Contains("<p class=\"line\">静默一分钟</p>", await host.ReadAsync());
        Assert.NotNull(await host.ActionOfAsync("run"));
        Assert.Null(await host.ActionOfAsync("rewind"));
        await host.PressAsync("next");
        Assert.Null(await host.ActionOfAsync("next"));

        var told = JsonNode.Parse(await screen.GetStringAsync($"/api/events/{e.Code}/stage", Cancellation))!["scene"]!;
        Assert.Equal(("silence", scene, 2), ((string)told["kind"]!, (int)told["sceneId"]!, (int)told["step"]!));
    }

    [Fact]
    public async Task What_its_descriptor_does_not_take_is_refused_at_its_field()
    {
        var e = await app.SeedEventAsync();
        var (organizer, address, form) = await OpenWithNewSceneAsync(e);
        var place = EventTemplate.Scenes().Count;

        var answer = await DeskVisitor.TextAsync(await organizer.PostAsync(address, [.. form, ($"Scenes[{place}].Settings.Groups", "10")]));

        Assert.Contains($"<a href=\"#Scenes_{place}__Settings_Groups\">Settings.Groups请填1到9之间的整数。</a>", answer);
        Assert.Contains($"name=\"Scenes[{place}].Settings.Groups\" min=\"1\" max=\"9\" value=\"10\" class=\"input-validation-error\"",
            answer);
    }

    [Fact]
    public async Task A_kind_that_no_descriptor_knows_is_not_taken()
    {
        var e = await app.SeedEventAsync();
        var (organizer, address, form) = await OpenWithNewSceneAsync(e);

        var changed = await organizer.PostAsync(address, [.. form, ("Scenes[0].Kind", "Dance")]);
        var added = await organizer.PostAsync($"{address}?handler=Add", [.. form, ("Kind", "Dance")]);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (changed.StatusCode, added.StatusCode));
    }

    [Fact]
    public void Every_kind_in_the_store_has_a_descriptor_with_a_view()
    {
        var kinds = app.Get<SceneRegistry<StageSceneDescriptor>>();

        Assert.All(Enum.GetValues<SceneKind>(), kind => Assert.True(File.Exists(Source.Root + kinds[kind].View), kinds[kind].View));
    }

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public void Each_scene_has_the_texts_that_are_asked_for_by_name(string language)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        foreach (var kind in app.Get<SceneRegistry<StageSceneDescriptor>>().All.Where(kind => kind is not SilenceScene))
        {
            var texts = app.Get<IStringLocalizerFactory>().Create(kind.ResourceType);
            string[] steps = kind.GetType().GetMethod(nameof(kind.Steps))!.DeclaringType == typeof(StageSceneDescriptor) ? [] : ["Next"];
            string[] plays = kind.Plays ? ["Play", "Pause"] : [];
            string[] asked =
            [
                "Name", "NewTitle", .. steps, .. plays, .. kind.LeadIn is { } leadIn ? [leadIn] : Array.Empty<string>(),
                // A film is settled on a page of its own.
                .. kind.Settings.Where(setting => setting is not FilmSetting).Select(setting => $"Settings.{setting.Name}"),
            ];
            Assert.All(asked, key => Assert.False(texts[key].ResourceNotFound, $"{kind.ResourceType.Name} has no {key}"));
            var labelled = texts.GetAllStrings(includeParentCultures: true).Select(text => text.Name.Split('.'))
                .Where(name => name[0] == "Settings");
            Assert.All(labelled, name => Assert.Contains(name[1], kind.Settings.Select(setting => setting.Name)));
        }
    }

    private async Task<int> AddAtTheDeskAsync(SeededEvent e, string groups, string speaker)
    {
        var (organizer, address, form) = await OpenWithNewSceneAsync(e);
        var place = EventTemplate.Scenes().Count;
        var saved = await organizer.PostAsync(address,
        [
            .. form, ($"Scenes[{place}].Title", "静默"), ($"Scenes[{place}].Settings.Groups", groups),
            ($"Scenes[{place}].Settings.Speaker", speaker),
        ]);
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        var published = await app.Get<PublishedEvents>().FindAsync(e.Id, Cancellation);
        return published!.Scenes.Single(scene => scene.Kind == SilenceScene.Number).Id;
    }

    /// <summary>The desk's form with the scene as its last.</summary>
    private async Task<(DeskVisitor Organizer, string Address, List<(string Name, string? Value)> Form)> OpenWithNewSceneAsync(
        SeededEvent e)
    {
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        var address = $"/organize/events/{e.Code}/scenes";
        var page = await DeskVisitor.TextAsync(await organizer.SendAsync($"{address}?handler=Add", ("Kind", "Silence")));
        return (organizer, address, DeskVisitor.Form(page));
    }

    /// <summary>A scene of which nothing else in the program knows. It has no texts, so their keys stand for them.</summary>
    private sealed class SilenceScene : StageSceneDescriptor
    {
        public const SceneKind Number = (SceneKind)900;

        public override SceneKind Kind => Number;

        public override string Name => "Silence";

        public override Type ResourceType => typeof(SilenceScene);

        public override string View => "/src/Display/Scenes/Speech/SpeechScene.cshtml";

        public override bool Plays => true;

        public override IReadOnlyList<SceneSetting> Settings { get; } =
        [
            new NumberSetting("Groups", 1, 9, settings => settings.Groups, (settings, groups) => settings with { Groups = groups }),
            new LineSetting("Speaker", 60, settings => settings.Speaker, (settings, speaker) => settings with { Speaker = speaker }),
        ];

        public override int Steps(PublishedEvent e, PublishedScene scene) => scene.Settings.Groups;

        public override string? LineAt(PublishedEvent e, PublishedScene scene, int step) => step == 1 ? scene.Settings.Speaker : null;
    }
}
