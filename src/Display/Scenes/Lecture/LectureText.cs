namespace SafetyCampaign.Display.Scenes;

/// <summary>The words of the lecture's cards, each with the source it names.</summary>
public sealed class LectureText;
