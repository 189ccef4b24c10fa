using SafetyCampaign.Load;
using SafetyCampaign.Load.Fanout;
using SafetyCampaign.Load.Faults;
using SafetyCampaign.Load.Faults.Sabotage;
using SafetyCampaign.Load.Growth;
using SafetyCampaign.Load.Host;
using SafetyCampaign.Load.Memory;
using SafetyCampaign.Load.Pace;
using SafetyCampaign.Load.Pages;
using SafetyCampaign.Load.Paper;
using SafetyCampaign.Load.Records;
using SafetyCampaign.Load.Relay;
using SafetyCampaign.Load.Rosters;
using SafetyCampaign.Load.Soak;
using SafetyCampaign.Load.Speed;
using SafetyCampaign.Load.Stage;

if (args is ["sabotage", ..])
    return SabotagedProgram.Run(args[1..]);

return await CommandLine.RunAsync(args,
[
    new("speed", "signatures a second beside a bare endpoint and a context per request; start, memory, weights", SpeedPart.RunAsync),
    new("fanout", "from the signature to the screens, with up to 10,000 of them", FanoutPart.RunAsync),
    new("growth", "the same work with 1,000 and with 1,000,000 pledges", GrowthPart.RunAsync),
    new("stage", "the projector page led by a host: what it costs, how it follows, ten minutes of the metronome", StagePart.RunAsync),
    new("picture", "the animated picture of README: countdown, number, wave (--to ceremony.gif); needs ImageMagick", StagePart.FilmAsync),
    new("pages", "processor time of the public pages, beside a static file", PagesPart.RunAsync),
    new("faults", "kills, power cuts, full disks, retry storms", FaultsPart.RunAsync),
    new("memory", "10,000 families' visits (--families 10000): memory before and after, what a certificate costs", MemoryPart.RunAsync),
    new("records", "pledge books, archive, roll-up (book, archive, rollup): time, size, memory, signing beside it", RecordsPart.RunAsync),
    new("paper", "generated photos of class sheets (--photos 1000): is any row guessed wrongly?", PaperPart.RunAsync),
    new("roster", "lists of nearly 20,000 pupils (--rows 19990) as csv and xlsx: processor time, memory", RosterPart.RunAsync),
    new("relay", "200 classes that signed without a network come online at once (--classes 200)", RelayPart.RunAsync),
    new("pace", "a class on one device and sixty rows of paper, in a browser at a person's pace (relay, paper)", PacePart.RunAsync),
    new("soak", "mixed load for a while (--minutes 30): does anything grow or slow down?", SoakPart.RunAsync),
],
BaselineHost.RunAsync);
