namespace SafetyCampaign.Storage;

/// <summary>
/// Logs one line when the store begins to fail and one when it answers again, whoever asked: hundreds of phones and screens
/// meet the same failure in one second.
/// </summary>
public sealed partial class StoreOutage(ILogger<StoreOutage> log)
{
    private int failing;

    public void NoteFailure(Exception failure)
    {
        if (Interlocked.Exchange(ref failing, 1) == 1)
            return;
        var reason = StoreFailure.Reason(failure);
        LogStoreAway(reason.GetType().Name, reason.Message);
    }

    public void NoteAnswer()
    {
        if (Volatile.Read(ref failing) == 1 && Interlocked.Exchange(ref failing, 0) == 1)
            LogStoreBack();
    }

    [LoggerMessage(1010, LogLevel.Error, "The database cannot be used ({Kind}: {Reason}); who needs it is answered 503")]
    private partial void LogStoreAway(string kind, string reason);

    [LoggerMessage(1011, LogLevel.Warning, "The database answers again")]
    private partial void LogStoreBack();
}
