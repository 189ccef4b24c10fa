namespace SafetyCampaign.Desk;

/// <summary>The words of the desk's frame and of its base classes; each room with desk pages has its own beside them.</summary>
public sealed class DeskText;
