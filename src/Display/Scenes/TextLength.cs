namespace SafetyCampaign.Display.Scenes;

/// <summary>The width class of a text on the stage.</summary>
public static class TextLength
{
    /// <summary><c>short</c>, <c>middle</c> or <c>long</c>; a Chinese character is as wide as two Latin ones.</summary>
    /// <param name="shortest">The widest that is still short, in Latin characters.</param>
    /// <param name="middle">The widest that is still middle.</param>
    public static string Of(string words, int shortest, int middle)
    {
        var width = words.Sum(c => c < '⺀' ? 1 : 2);
        return width <= shortest ? "short" : width <= middle ? "middle" : "long";
    }
}
