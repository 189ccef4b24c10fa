namespace SafetyCampaign.Campaigns;

/// <summary>What happens in one part of an event.</summary>
public enum SceneKind
{
    Welcome,
    Film,
    Speech,
    Lecture,
    Cpr,
    Oath,
    Signing,
    Thanks,
}

/// <summary>One part of an event, in the organizer's order.</summary>
public sealed class Scene
{
    public const int LongestTitle = 60;
    public const int LongestNotes = 2000;

    private Scene() => Title = Notes = "";

    public Scene(SceneKind kind, string title, string notes = "")
    {
        Kind = kind;
        Title = title;
        Notes = notes;
    }

    public int Id { get; private set; }
    public int EventId { get; private set; }

    /// <summary>Place in the order, from 0.</summary>
    public int Position { get; internal set; }

    public SceneKind Kind { get; private set; }
    public string Title { get; private set; }

    /// <summary>What the host says or must not forget; never on the stage.</summary>
    public string Notes { get; private set; }

    public void Edit(string title, string notes)
    {
        Title = title;
        Notes = notes;
    }

    public Scene Copy() => new(Kind, Title, Notes);
}
