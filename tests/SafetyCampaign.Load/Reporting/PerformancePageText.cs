namespace SafetyCampaign.Load.Reporting;

/// <summary>What stands around the figures in docs/performance.md. The figures themselves come from runs alone.</summary>
internal static class PerformancePageText
{
    public const string Performance =
        """
        # Performance

        What was promised, what was measured, and the command to see it yourself. This page is written by the runner
        (`tests/SafetyCampaign.Load`) from the runs whose JSON lies in [measured](measured); edit the words in
        `tests/SafetyCampaign.Load/Reporting/PerformancePageText.cs`, never a figure.

        Every run starts the published program as a process of its own, on loopback, with data of its own, its limits off;
        signs as phones do, each request with a key of its own and 1 KB of handwriting; and ends with a recount of the rows
        in the database against what phones were told and what the tally shows. An answer is a 201, sent once the commit is
        on disk (SQLite, write-ahead log, `synchronous=FULL`).

        Phones, screens and server share the same cores. A shared machine is never as fast twice, so rates are compared in
        turns within one run, and what is shown is the median of these ratios; "beside" always means so. Counts and losses
        are absolute and fail a run, in CI the short one of fan-out; times are only judged here.

        ```
        dotnet run -c Release --project tests/SafetyCampaign.Load -- all --out docs    # some 8 minutes
        dotnet run -c Release --project tests/SafetyCampaign.Load -- stage --out docs  # 16 minutes, ten of them the metronome
        dotnet run -c Release --project tests/SafetyCampaign.Load -- pages --out docs  # a minute
        dotnet run -c Release --project tests/SafetyCampaign.Load -- memory --out docs # some minutes; what holds it: memory.md
        dotnet run -c Release --project tests/SafetyCampaign.Load -- records --out docs # some minutes
        dotnet run -c Release --project tests/SafetyCampaign.Load -- relay --out docs  # two minutes
        dotnet run -c Release --project tests/SafetyCampaign.Load -- roster --out docs # a minute
        dotnet run -c Release --project tests/SafetyCampaign.Load -- paper --photos 1000 --out docs # some minutes
        dotnet run -c Release --project tests/SafetyCampaign.Load -- pace --out docs   # 11 minutes, in real time
        dotnet run -c Release --project tests/SafetyCampaign.Load -- soak --out docs   # half an hour
        dotnet run -c Release --project tests/SafetyCampaign.Load -- speed visit --out docs   # 5 minutes
        dotnet run -c Release --project tests/SafetyCampaign.Load -- speed --provider postgres --out docs
        ```


        """;

    /// <summary>The parts in the order of the page, each with what it does.</summary>
    public static readonly IReadOnlyDictionary<string, string> Parts = new Dictionary<string, string>
    {
        ["speed"] = "How fast pledges are taken in. The bare endpoint parses the same body and answers, and stores nothing; the context "
            + "per request is EF Core as most would write it first. Both are served by the runner (`host`). A visit is all that a family "
            + "asks for: at commit 35b099f, before visits were measured, it took 45 to 68 ms of processor time and 207 to 212 KB, and two "
            + "cores served 30 to 44 families a second.",
        ["speed-visit"] = "What a family asks for, all of it: the page, its files, the signature of two, the receipt, the "
            + "certificate; each phone with nothing cached, with cookies and up to six connections of its own. Processor time is the "
            + "server process's, part by part; bytes are those on the line, heads included. Beside it the same bytes from files, sent "
            + "by the runner's `host`.",
        ["speed-postgres"] = "One node on PostgreSQL with `synchronous_commit=on`, its server on the same machine, beside the same "
            + "program on SQLite. Nothing was promised of it: PostgreSQL is for several nodes, and each signature costs it more.",
        ["fanout"] = "From the press on the phone to the screens. A screen is a WebSocket that speaks the hub's protocol and notes when "
            + "each snapshot came.",
        ["growth"] = "The same work at an event with 1,000 pledges and at one with 1,000,000.",
        ["stage"] = "The projector page at 1920x1080 in a real Chromium without a graphics card, led through its scenes by the presses of "
            + "the host's page. What a computer does for it is counted over all of the browser's processes.",
        ["pages"] = "What a public page costs: the processor time that the server's process takes while phones ask for it, divided by "
            + "the answers; limits on, each phone at an address of its own. A static file of the program says what any answer costs.",
        ["memory"] = "Families open the page, sign by hand, and fetch receipt and certificate, thirty at once: what the program holds "
            + "before and after, and what a certificate costs. What holds it and what each setting does: [memory](memory.md).",
        ["records"] = "The pledge book as a PDF: of 1,000 signatures while its reader waits, of 50,000 in the background while guardians "
            + "sign; and the archive package of 100,000, which holds such a book. Every signature is one of 1 KB. The roll-up is that of a "
            + "district with an event in each of 270 communities and 2,700 schools, asked for by its administrator.",
        ["relay"] = "Classes of 45 that signed on their teachers' devices without a network come online at the same moment, and each "
            + "sends one pledge after the other: beside guardians who sign by phone, and all behind one address with the limits on.",
        ["roster"] = "Lists of pupils, as large as one may be, are uploaded, shown as they were understood, and imported. Processor "
            + "time is the server process's.",
        ["paper"] = "Photos of signed class sheets, drawn with all that a hall does to them, are read by the program's own reader. What a "
            + "box holds is known, so a wrong one is found; what the reader is not sure of is left to a person.",
        ["pace"] = "Whether people are held up, in real time, in a real Chromium and by real touches and keys. A class signs on a "
            + "tablet: 1.5 to 2.5 s from one pupil to the next, 1.35 s to take in the screen, 0.7 s a tap, 1.35 to 2.35 s a character. "
            + "Then sixty rows of paper, from photos that the page itself took in, are decided one by one: a look of 0.5 s at a clear "
            + "row and of 1.35 s at a doubtful one, 0.28 s a key or 0.7 s a tap of the thumb, 1.35 s before a page is counted. 0.28 s and "
            + "1.35 s are those of the keystroke-level model (Card, Moran and Newell 1980); the others are assumed, with reasons, in "
            + "`tests/SafetyCampaign.Load/Pace/HumanPace.cs`.",
        ["soak"] = "Families and guardians sign at a steady rate while screens come and go and tallies are asked for; the end is compared "
            + "with the beginning.",
    };

    /// <summary>What stands in the way, by how a figure's name begins; shown where it falls short.</summary>
    public static readonly IReadOnlyDictionary<string, string> Reasons = new Dictionary<string, string>
    {
        ["Signed pledges a second, 200 phones"] =
            "The bare endpoint uses both cores for HTTP and JSON alone. Ours does the same work and, besides, checks the request, hashes "
                + "it, and writes two rows and an index entry through SQLite, whose writer is one thread: what it takes of a core is "
                + "missing for the rest.",
        ["Beside Node, carefully batched"] = "It follows from the share of the bare endpoint above.",
        ["Beside Node as usual"] = "It follows from the share of the bare endpoint above.",
        ["Beside PocketBase"] = "It follows from the share of the bare endpoint above.",
        ["Until the answer"] = "With this many phones on two cores the wait is the queue for a core: the rate above, divided among those "
            + "who wait.",
        ["Signed pledges a second while"] = "The screens' share of the cores: each snapshot is written to every screen by the server and "
            + "read by the runner on the same machine.",
        ["Signed pledges a second, each sync"] = "A group holds at most 256 signatures and each waits for its sync, so the sync's time is "
            + "divided by the group's size but does not go away.",
        ["Signatures a second while"] = "Phones, server and screens share the cores; the rate asked for is more than they sign at here.",
        ["Signed → seen on"] = "The answers themselves are late at this rate, and screens cannot be told before.",
        ["Signed → seen on a stage, idle"] = "The screen is told after the answer by a hop through the hub, a fixed part of a millisecond.",
        ["Start of the published program"] = "Some 5,000 methods are compiled while it starts, although the program is "
            + "compiled ahead (memory.md); the rest is the runtime's own start and the database's opening.",
        ["Ready again after a kill"] = "The start itself, see docs/performance.md, and the log that the killed program left, which is "
            + "read again.",
        ["Display right again"] = "The browser opens a new connection by its own clock, beside the cores that the phones and the server "
            + "use here.",
        ["p99 of signing while"] = "Phones, acts and the runner share the cores, and a signature that comes while an act computes "
            + "waits for a core. The syncs of acts and the cutting of the log are not it: they were measured apart.",
        ["A scene change"] = "Water passes over the screen for 600 ms, and the next scene is composed under it once it is covered; "
            + "only the rest is the press, a commit on disk, the push and the browser's next frame, beside two hundred screens.",
        ["The countdown, "] = "What lies between the drops is put together anew 20 times a second while they fall, and all of "
            + "the picture ten times, by the cores alone.",
        ["At rest"] = "Chromium's own housekeeping is in it, and without a graphics card the cores do all the drawing.",
        ["Receipt, gzip"] = "Its own words and drawings are rendered and compressed for each reader; reading what was signed is the "
            + "smaller part.",
        ["Verification, gzip"] = "The page is rendered and compressed for each reader; reading the record is the smaller part.",
        ["Visit over"] = "Most of a visit is the drawing and packing of the certificate's picture and the bytes of it.",
        ["p99 of the phones' signing"] = "Two hundred devices send as fast as they are answered, from the two cores on which "
            + "the server and the phones run: for these seconds everybody waits in the queue for a core.",
        ["Resident memory"] = "Most of it is code: files of .NET, EF Core and the program, mapped and shared with the system's cache, and "
            + "what is compiled while it runs.",
    };

    public static string? ReasonFor(string what) =>
        Reasons.Where(reason => what.StartsWith(reason.Key, StringComparison.Ordinal)).OrderByDescending(reason => reason.Key.Length)
            .Select(reason => reason.Value).FirstOrDefault();
}
