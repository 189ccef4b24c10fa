namespace SafetyCampaign.Display.Host;

/// <summary>One screen as the host is told of it.</summary>
/// <param name="Number">In the order in which they came.</param>
/// <param name="Trouble"><c>Lost</c>, <c>Behind</c> or <c>Silent</c>; empty while all is well.</param>
/// <param name="For">How long it has been so.</param>
public sealed record SeenScreen(int Number, string Trouble, string For)
{
    public bool IsWell => Trouble.Length == 0;
}
