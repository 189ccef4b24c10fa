using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Events.Cards;

/// <summary>The cards of a lecture in their order. Each press changes the lecture at once.</summary>
[Authorize(Policy = Policies.Organize)]
public sealed class LectureCardsPage(
    DeskPageDependencies desk, SceneRegistry<SceneDescriptor> kinds, IStringLocalizerFactory localizers,
    IStringLocalizer<LectureCardsText> localizer)
    : LecturePageModel(desk, kinds, localizers)
{
    public bool HasRoom => Cards.Count < LectureCardContent.MaxCards;

    /// <summary>The program's cards that the lecture does not have.</summary>
    public IEnumerable<LectureCardContent> LeftOut => LectureCardContent.All.Where(ours => Cards.All(card => card.Card != ours.Card));

    /// <param name="card">The key of the card.</param>
    /// <param name="to">Its new place, from 0; before the first is the first.</param>
    public Task<IActionResult> OnPostMoveAsync(string card, int to) => ChangeAsync("Done.Moved", card, cards =>
    {
        var moved = cards.Find(it => it.Key == card)!;
        cards.Remove(moved);
        cards.Insert(Math.Clamp(to, 0, cards.Count), moved);
    });

    /// <param name="card">The key of the card; the last one stays, as none means all of them.</param>
    public Task<IActionResult> OnPostRemoveAsync(string card) => ChangeAsync("Done.Removed", card, cards =>
    {
        if (cards.Count > 1)
            cards.RemoveAll(it => it.Key == card);
    });

    /// <param name="card">One of the program's.</param>
    public Task<IActionResult> OnPostTakeBackAsync(LectureCard card) => ChangeAsync("Done.TakenBack", null, cards =>
    {
        if (Enum.IsDefined(card) && cards.Count < LectureCardContent.MaxCards && cards.TrueForAll(it => it.Card != card))
            cards.Add(LectureCardContent.Of(card));
    });

    /// <summary>Whoever saved something else of the event meanwhile is not overwritten.</summary>
    private async Task<IActionResult> ChangeAsync(string done, string? card, Action<List<LectureCardContent>> change)
    {
        if (card is not null && Cards.All(it => it.Key != card))
            return RedirectToPage(new { Event.Code, lecture = SceneId }); // somebody else has removed it
        Db.Audit(AuditAction.LectureCardsChanged, Event);
        do
        {
            await Db.Entry(Event).ReloadAsync();
            await Db.Entry(Scene).ReloadAsync();
            if (Db.Entry(Scene).State == EntityState.Detached)
                return NotFound();
            List<LectureCardContent> cards = [.. Cards];
            if (card is null || cards.Exists(it => it.Key == card))
                change(cards);
            Put(cards);
            await CardPictures.RemoveUnusedAsync(Db, Event);
        }
        while (!await SaveAsync(Event.Revision));
        Done = localizer[done];
        return RedirectToPage(new { Event.Code, lecture = SceneId });
    }
}
