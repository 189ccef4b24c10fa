namespace SafetyCampaign.Load.Faults;

/// <summary>What stands before the figures in docs/reliability.md.</summary>
internal static class ReliabilityPage
{
    public static string Opening =>
        $"""
        # Reliability

        What can go wrong at an event, done to the real program, and what became of the pledges. This page is written by the
        runner (`tests/SafetyCampaign.Load`) from the run whose JSON lies in [measured](measured); edit the words in
        `tests/SafetyCampaign.Load/Faults`, never a figure.

        A pledge is acknowledged when the 201 has left the program. Every fault ends with the recount: each acknowledged key
        stands in the database once, with the number and receipt that the phone was told; nothing stands there that nobody
        sent; the tally is what the rows say; SQLite's `integrity_check` is content.

        ```
        dotnet run -c Release --project tests/SafetyCampaign.Load -- faults --out docs      # half an hour
        dotnet run -c Release --project tests/SafetyCampaign.Load -- faults NAME --short    # one of them, in a few seconds
        ```

        It needs Linux with strace, libfaketime, PostgreSQL, Redis, Chromium, and leave to mount a tmpfs; what is missing is
        shown as not measured.

        | `faults …` | What is done |
        |---|---|
        {string.Join('\n', FaultsPart.All.Select(fault => $"| `{fault.Name}` | {fault.Does} |"))}

        What this does not show: a disk that says it has synced and has not; a power cut under PostgreSQL, whose own recovery is
        trusted; nodes on machines of their own, with a network between them and the database that is cut rather than a server
        that stops.


        """;
}
