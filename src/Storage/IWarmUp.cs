namespace SafetyCampaign.Storage;

/// <summary>
/// What takes long the first time and can be done ahead, while a start maps its pages: on another thread, one part after the other in
/// the order of their registration. Whoever needs a part earlier does it itself.
/// </summary>
public interface IWarmUp
{
    /// <summary>Changes nothing and asks nothing of the database, which may not have its schema yet.</summary>
    void WarmUp();
}
