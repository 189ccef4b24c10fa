namespace SafetyCampaign.Load.Reporting;

/// <summary>What a run is doing, in one line; on a console each line replaces the one before.</summary>
internal sealed class Progress(string part)
{
    private int width;

    public void Now(string doing)
    {
        var line = $"{part}: {doing} …";
        if (Console.IsErrorRedirected)
        {
            Console.Error.WriteLine(line);
            return;
        }
        Console.Error.Write("\r" + line.PadRight(width));
        width = line.Length;
    }

    public void Clear()
    {
        if (width > 0)
            Console.Error.Write("\r" + new string(' ', width) + "\r");
        width = 0;
    }
}
