using SafetyCampaign.Campaigns;
using SafetyCampaign.Drawing;

namespace SafetyCampaign.Organizing.Events;

/// <summary>A picture that an organizer uploads, of whatever kind.</summary>
internal static class PictureUpload
{
    /// <summary>Largest file, in megabytes: a photo from a phone.</summary>
    public const int MaxMegabytes = 10;

    /// <summary>Above the largest file, so that a larger one is answered with a sentence; far above, by the server itself.</summary>
    public const int RequestMaxBytes = 4 * MaxMegabytes * 1024 * 1024;

    /// <summary>Draws it anew.</summary>
    /// <param name="file">Not empty.</param>
    /// <param name="kind">What it is for.</param>
    /// <param name="refused">Why there is none: the end of the key of the page's sentence.</param>
    public static DrawnPicture? Read(IFormFile file, EventPictureKind kind, out string refused)
    {
        refused = "TooLarge";
        if (file.Length > MaxMegabytes * 1024 * 1024)
            return null;
        refused = "NotAPicture";
        using var upload = file.OpenReadStream();
        return UploadedPicture.Read(upload, kind);
    }
}
