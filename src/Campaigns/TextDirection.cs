namespace SafetyCampaign.Campaigns;

/// <summary>How a script is written. Stored by name, and hashed by number with a pledge text (<see cref="PledgeTextHash"/>).</summary>
public enum TextDirection
{
    /// <summary>Latin, Chinese, Tibetan, Yi and most others.</summary>
    LeftToRight = 0,

    /// <summary>Arabic letters (Uyghur, Kazakh and Kyrgyz in China), Hebrew and others.</summary>
    RightToLeft = 1,

    /// <summary>Traditional Mongolian: letters from top to bottom, lines from left to right.</summary>
    Vertical = 2,
}

/// <summary>How a direction is said in HTML.</summary>
public static class TextDirections
{
    /// <summary>The value of the <c>dir</c> attribute; a vertical script runs left to right there and has a style of its own.</summary>
    public static string Dir(this TextDirection direction) => direction == TextDirection.RightToLeft ? "rtl" : "ltr";
}
