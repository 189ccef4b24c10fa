using System.Reflection;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Tests.Storage;

/// <summary>
/// The store knows an enumeration by its numbers (in JSON by its names), so neither may change. Whatever the store keeps is
/// pinned here; a new member takes a new number, and a new stored enumeration a new line.
/// </summary>
public sealed class StoredEnumerationTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private static readonly Dictionary<string, string> Pinned = new()
    {
        ["ApiScopes"] = "None=0 Counts=1 Lists=2",
        ["AuditAction"] =
            "SignedIn=100 SignInFailed=101 SignedOut=102 SessionsEnded=103 SecondFactorChanged=104 AccountCreated=200 "
            + "AccountChanged=201 AccountRemoved=202 AccountUnlocked=203 PasswordReset=204 PasswordChanged=205 NamesGranted=206 "
            + "NamesRevoked=207 AdministratorCreated=208 AccountLocked=209 "
            + "GeneratedPasswordShown=210 SubjectChanged=220 OrganizationCreated=300 "
            + "OrganizationChanged=301 OrganizationRemoved=302 ClassesAdded=303 ClassesChanged=304 ClassRemoved=305 "
            + "OrganizationMoved=306 OrganizationArchived=307 OrganizationRestored=308 OrganizationsMerged=309 "
            + "RosterImported=310 RosterChanged=311 "
            + "CampaignCreated=400 TextWritten=401 RulesWritten=402 CampaignRenamed=403 "
            + "EventCreated=500 EventEdited=501 EventClassesChosen=502 "
            + "ScenesArranged=503 FilmUploaded=504 FilmRemoved=505 FilmLeftToProjector=506 RehearsalStarted=507 RehearsalWiped=508 "
            + "SigningOpened=509 SigningClosed=510 EventPublished=511 EventArchived=512 EventRestored=513 EventDeleted=514 "
            + "PictureUploaded=515 PictureRemoved=516 LectureCardsChanged=517 "
            + "HostLinkCreated=600 HostLinkRevoked=601 HostLinkOpened=602 "
            + "SceneShown=603 PlaybackChanged=604 SoundChanged=605 StageBlanked=606 CountHeld=607 SignNowStarted=608 "
            + "NamesApproved=609 NamesRefused=610 LargeCodeShown=611 "
            + "ClassLinkCreated=620 ClassLinkRevoked=621 ClassLinkOpened=622 "
            + "SlipsIssued=624 SlipsReplaced=625 SlipsRevoked=626 AnswersNoted=627 AssistedSigned=629 "
            + "PaperSheetsPrinted=630 PaperPhotosUploaded=631 PaperRowsDecided=632 PaperRowsConfirmed=633 "
            + "PaperPhotoAssigned=634 PaperPhotoRemoved=635 ClassRenamed=645 ClassesMerged=646 ClassParted=647 "
            + "NamesViewed=700 PledgesMerged=701 PledgesSeparated=702 PledgesInvalidated=703 "
            + "PledgesReinstated=704 PledgeCorrected=705 PledgeWithdrawn=706 PledgeErased=707 SuspicionDropped=708 SuspicionRestored=709 "
            + "ReceiptHandedOut=710 "
            + "AuditExported=800 ListExported=801 PledgeBookPrepared=802 ReportExported=803 ArchivePrepared=810 ArchiveExported=811 "
            + "RollUpExported=812 AuditPackExported=813 "
            + "ApiTokenCreated=820 ApiTokenRevoked=821 NamesReadByToken=822 "
            + "WeeklyExportSet=823 WeeklyExportEnded=824 RollUpDelivered=825 WeeklyExportAsked=826 "
            + "ReportWritten=827 ReportPhotoAdded=828 ReportPhotoRemoved=829 "
            + "NamesExpired=900 CampaignErased=901 AuditPruned=902 BackupRestored=903 "
            + "ClockConfirmed=904 BackupMade=905 RostersErased=906",
        ["AuditReason"] =
            "Duplicates=1 Suspicious=2 Decisions=3 StageNames=4 LostReceipt=5 FamilyRequest=6 SignerList=7 "
            + "RosterList=8 ClassCoverage=9 Slips=10 PledgeBook=11 ForTeacher=12 PaperSheet=13 PaperPhotos=14 Archive=18 "
            + "WrongPassword=20 LockedOut=21 UnknownAccount=22 WrongCode=23 PasskeyRefused=24 "
            + "IdentityProvider=30 UnknownSubject=31 FirstStart=40 CommandLine=41 "
            + "AuthenticatorSet=60 AuthenticatorRemoved=61 RecoveryCodesRenewed=62 RecoveryCodeUsed=63 PasskeyAdded=64 "
            + "PasskeyRemoved=65 SecondFactorReset=66 ByCode=70 ByRecoveryCode=71 ByPasskey=72",
        ["DeliveryFailure"] = "Refused=0 Unreachable=1 TimedOut=2 NotAllowed=3 NotWritten=4 SecretUnreadable=5 Broken=6",
        ["EventPictureKind"] = "Logo=0 Place=1 Card=2",
        ["EventState"] = "Draft=0 Rehearsal=1 Open=2 Closed=3",
        ["GuardianRelation"] = "Mother=0 Father=1 Grandmother=2 Grandfather=3 Other=4",
        ["LectureCard"] = "Float=0 Cramp=1 Rescue=2 NoChain=3",
        ["LedgerActKind"] =
            "RehearsalWiped=0 Withdrawn=1 Recounted=2 Corrected=3 Erased=4 Merged=5 Separated=6 Invalidated=7 Reinstated=8 Expired=9 "
            + "MaskedNameWithdrawn=10 ClassChanged=11 EventDeleted=20",
        ["OrganizationKind"] = "District=0 Street=1 Community=2 School=3 RescueTeam=4",
        ["OrganizerRole"] = "Observer=0 Organizer=1 Administrator=2",
        ["PaperDecision"] = "NotSigned=0 ChildOnly=1 WithGuardian=2",
        ["RosterAnswerKind"] = "Declined=0 Absent=1",
        ["RosterImportOutcome"] = "Running=0 Imported=1 Overtaken=2 Failed=3",
        ["SceneKind"] = "Welcome=0 Film=1 Speech=2 Lecture=3 Cpr=4 Oath=5 Signing=6 Thanks=7 Wave=8",
        ["SchoolStage"] = "Unknown=0 Kindergarten=1 Primary=2 Junior=3 Senior=4 Vocational=5",
        ["SignatureKind"] = "Handwritten=0 Typed=1 OnPaper=2 Mark=3 HandwrittenName=4",
        ["SignerRole"] = "Student=0 Guardian=1 Teacher=2 Volunteer=3",
        ["SigningChannel"] = "Phone=0 Relay=1 Slip=2 Paper=3 Assisted=4",
        ["SigningFlags"] = "None=0 FilledHoneypot=1 FreshDevice=2 BurstOfDevices=4 ManyFromOneDevice=8 AfterClosing=16 FoundGenuine=32",
        ["TextDirection"] = "LeftToRight=0 RightToLeft=1 Vertical=2",
        ["VoucherKind"] = "ClassLink=0 Slip=1 Organizer=2",
    };

    [Fact]
    public void Every_enumeration_that_the_store_keeps_has_the_numbers_it_always_had()
    {
        using var db = app.OpenStore();
        var stored = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in db.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
            Collect(property.ClrType, stored, []);

        Assert.Equal(Pinned.OrderBy(pin => pin.Key, StringComparer.Ordinal), stored);
    }

    [Fact]
    public void A_stored_enumeration_says_its_numbers()
    {
        var source = string.Join('\n', Source.Files(".cs").Select(file => file.Text));
        foreach (var (name, members) in Pinned)
        {
            var at = source.IndexOf($"public enum {name}\n", StringComparison.Ordinal);
            Assert.True(at >= 0, $"{name} is not found.");
            var body = source[at..source.IndexOf('}', at)];
            Assert.All(members.Split(' '), member => Assert.Contains($" {member.Replace("=", " = ")},", body));
        }
    }

    /// <summary>The enumerations of a column: its own type, that of its elements, or those within what it keeps as JSON.</summary>
    private static void Collect(Type type, IDictionary<string, string> into, HashSet<Type> seen)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (!seen.Add(type))
            return;
        if (type.IsEnum)
            into[type.Name] = string.Join(' ', Enum.GetNames(type).Select(name => $"{name}={Convert.ToInt64(Enum.Parse(type, name))}"));
        foreach (var part in type.IsGenericType ? type.GetGenericArguments() : [])
            Collect(part, into, seen);
        if (type.Assembly == typeof(Pledge).Assembly && !type.IsEnum)
            foreach (var part in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
                Collect(part.PropertyType, into, seen);
    }
}
