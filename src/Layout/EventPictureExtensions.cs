using SafetyCampaign.Storage;

namespace SafetyCampaign.Layout;

public static class EventPictureExtensions
{
    /// <summary>The address of a picture of the event, as public as the event; answered by Display/PictureEndpoint.</summary>
    public static string AddressOf(this PublishedEvent e, PublishedPicture picture) => $"/e/{e.Code}/pictures/{picture.Id}";
}
