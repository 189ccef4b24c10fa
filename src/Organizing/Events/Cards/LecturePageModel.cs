using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Events.Cards;

/// <summary>A page about the cards of the lecture whose number stands in the address. Another scene is answered with 404.</summary>
public abstract class LecturePageModel(
    DeskPageDependencies desk, SceneRegistry<SceneDescriptor> kinds, IStringLocalizerFactory localizers) : EventPageModel(desk)
{
    /// <summary>The scene's id.</summary>
    [FromRoute(Name = "lecture")]
    public int SceneId { get; set; }

    public Scene Scene { get; private set; } = null!;

    public PublishedEvent Public { get; private set; } = null!;

    public IReadOnlyList<LectureCardContent> Cards => Scene.Settings.CardsShown();

    public LectureCardWords WordsOf(LectureCardContent card) =>
        card.Words(key => localizers.Create(kinds[Scene.Kind].ResourceType)[key]);

    protected override IQueryable<CampaignEvent> With(IQueryable<CampaignEvent> events) => events.Include(e => e.Scenes);

    protected override async Task<bool> TryLoadAsync()
    {
        if (Event.Scenes.Find(s => s.Id == SceneId && kinds[s.Kind].Settings.OfType<CardsSetting>().Any()) is not { } found)
            return false;
        (Scene, Public) = (found, (await Published.FindAsync(Event.Id))!);
        return true;
    }

    /// <summary>Replaces the cards. The program's as they are are stored like none, so that one that comes later is shown as well.</summary>
    protected void Put(IReadOnlyList<LectureCardContent> cards) =>
        Scene.Edit(Scene.Title, Scene.Notes, Scene.Settings with { Cards = IsUsual(cards) ? [] : cards });

    private static bool IsUsual(IReadOnlyList<LectureCardContent> cards) =>
        cards.All(card => !card.HasOwnWords && card.Picture is null)
        && cards.Select(card => card.Card).SequenceEqual(LectureCardContent.All.Select(card => card.Card));
}
