using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;

namespace SafetyCampaign.Organizing.Events.Cards;

/// <summary>Says at a field of a card that a line does not fit on the screen.</summary>
internal static class CardRoom
{
    public static void Check(FormReader read, string field, IReadOnlyList<string> lines, int room)
    {
        // What is too long by its length has been refused already.
        if (lines.Any(line => line.Length <= room && LectureCardContent.RoomOf(line) > room))
            read.Refuse(field, "Error.NoRoom", room / 3, room);
    }
}
