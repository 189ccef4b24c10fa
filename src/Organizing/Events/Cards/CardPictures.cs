using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Events.Cards;

/// <summary>The pictures of an event's lecture cards, which the cards name and nothing else lists.</summary>
internal static class CardPictures
{
    /// <summary>Takes away those that no card of the event's scenes, as they are about to be stored, shows any more.</summary>
    public static async Task RemoveUnusedAsync(CampaignDb db, CampaignEvent e)
    {
        var used = e.Scenes.SelectMany(s => s.Settings.Cards).Select(card => card.Picture).OfType<string>().ToList();
        db.Pictures.RemoveRange(await db.Pictures
            .Where(p => p.EventId == e.Id && p.Kind == EventPictureKind.Card && !used.Contains(p.Subject!)).ToListAsync());
    }
}
