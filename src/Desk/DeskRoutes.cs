using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Desk;

/// <summary>
/// The addresses of the desk, of every room. A constant without a parameter is an address and a route pattern in one;
/// <c>XPattern</c> is the pattern of the addresses that <c>X(…)</c> makes. A page's <c>@page</c> directive must be a
/// literal, so DeskRoutesTests compares each with the constant here.
/// </summary>
public static class DeskRoutes
{
    /// <summary>The list of events, and the beginning of every address of the desk.</summary>
    public const string Home = "/organize";

    public const string SignIn = Home + "/sign-in";
    public const string SecondStep = SignIn + "/second";
    public const string PasskeySignIn = SignIn + "/passkey";

    /// <summary>Leads to the identity provider.</summary>
    public const string ProviderSignIn = SignIn + "/provider";

    /// <summary>Where the identity provider sends browsers back.</summary>
    public const string ProviderCallback = ProviderSignIn + "/callback";

    public const string SignOut = Home + "/sign-out";
    public const string SetUpPattern = Home + "/set-up/{token}";
    public const string Password = Home + "/password";
    public const string Sessions = Home + "/sessions";
    public const string SecondFactor = Home + "/second-factor";

    public const string Clock = Home + "/clock";

    public const string Accounts = Home + "/accounts";
    public const string NewAccount = Accounts + "/new";
    public const string AccountPattern = Accounts + "/{id:int}";

    public const string NamesGrantsPattern = AccountPattern + "/names";

    /// <summary>The audit log of the subtree.</summary>
    public const string Audit = Home + "/audit";
    public const string AuditCsv = Home + "/audit.csv";

    public const string Organizations = Home + "/organizations";
    public const string OrganizationPattern = Organizations + "/{id:int}";
    public const string MergeOrganizationPattern = OrganizationPattern + "/merge";
    public const string SchoolClassesPattern = OrganizationPattern + "/classes";
    public const string SchoolClassPattern = SchoolClassesPattern + "/{classId:int}";
    public const string RosterPattern = OrganizationPattern + "/roster";
    public const string ClassRosterPattern = RosterPattern + "/{classId:int}";

    public const string SchoolsCoveragePattern = OrganizationPattern + "/coverage";

    public const string Retention = Home + "/retention";
    public const string CampaignRetentionPattern = Home + "/campaigns/{id:int}/retention";

    /// <summary>The numbers of the subtree, added up.</summary>
    public const string RollUp = Home + "/rollup";
    public const string RollUpFilePattern = RollUp + ListFormats;

    /// <summary>Tokens by which other programs read by the API.</summary>
    public const string Tokens = Home + "/tokens";

    /// <summary>Where the roll-up is sent every week.</summary>
    public const string Exports = Home + "/exports";

    /// <summary>For the yearly filing on minors' data.</summary>
    public const string AuditPack = Home + "/audit-pack";
    public const string AuditPackFilePattern = AuditPack + ".{format:alpha}"; // xlsx or pdf

    public const string NewEvent = Home + "/events/new";
    public const string EventPattern = Home + "/events/{code}";
    public const string EventFactsPattern = EventPattern + "/facts";
    public const string EventClassesPattern = EventPattern + "/classes";
    public const string EventScenesPattern = EventPattern + "/scenes";
    public const string SceneFilmPattern = EventScenesPattern + "/{scene:int}/film";
    public const string SceneCardsPattern = EventScenesPattern + "/{lecture:int}/cards";
    public const string SceneCardPattern = SceneCardsPattern + "/{card}";
    public const string EventPicturesPattern = EventPattern + "/pictures";
    public const string HostLinksPattern = EventPattern + "/hosts";
    public const string ClassLinksPattern = EventPattern + "/class-links";
    public const string EventCoveragePattern = EventPattern + "/coverage";
    public const string CoverageNamesPattern = EventCoveragePattern + "/{classId:int}";
    public const string EventSlipsPattern = EventPattern + "/slips/{classId:int}";

    /// <summary>Class sheets and slips of all classes.</summary>
    public const string EventPrintPattern = EventPattern + "/print";
    public const string AllSlipsPdfPattern = EventPattern + "/slips.pdf";
    public const string AllSheetsPdfPattern = EventPattern + "/sheets.pdf";
    public const string AssistedPattern = EventPattern + "/assisted";
    public const string EventSheetsPattern = EventPattern + "/sheets";
    public const string ClassSheetsPattern = EventSheetsPattern + "/{classId:int}";
    public const string ClassSheetsPdfPattern = ClassSheetsPattern + "/sheets.pdf";
    public const string PublishPattern = EventPattern + "/publish";
    public const string RehearsePattern = EventPattern + "/rehearse";
    public const string OpenSigningPattern = EventPattern + "/open";
    public const string CloseSigningPattern = EventPattern + "/close";
    public const string ArchiveEventPattern = EventPattern + "/archive";
    public const string DeleteEventPattern = EventPattern + "/delete";
    public const string PosterPattern = EventPattern + "/poster";
    public const string PosterPdfPattern = PosterPattern + ".pdf";
    public const string ReviewPattern = EventPattern + "/review";
    public const string SuspiciousPattern = ReviewPattern + "/suspicious";
    public const string ActsPattern = ReviewPattern + "/acts";
    public const string SignersPattern = EventPattern + "/signers";
    public const string RecordsPattern = EventPattern + "/records";
    public const string PledgeBookPattern = RecordsPattern + "/book";
    public const string PledgeBookPdfPattern = PledgeBookPattern + ".pdf";
    public const string ReportPattern = RecordsPattern + "/report";
    public const string ReportFilePattern = ReportPattern + ".{format:alpha}"; // pdf or docx
    public const string ReportEditPattern = ReportPattern + "/edit";
    public const string ReportPhotosPattern = ReportPattern + "/photos";
    public const string ReportPhotoPattern = ReportPhotosPattern + "/{id:int}";
    public const string ArchivePattern = RecordsPattern + "/archive";
    public const string ArchiveZipPattern = ArchivePattern + ".zip";
    public const string PledgeListPattern = RecordsPattern + "/pledges" + ListFormats;
    public const string FamilyListPattern = RecordsPattern + "/families" + ListFormats;
    public const string CoverageListPattern = RecordsPattern + "/coverage" + ListFormats;
    public const string LostReceiptPattern = EventPattern + "/lost-receipt";
    public const string LostPledgePattern = LostReceiptPattern + "/{asked:alpha}/{pledge:long}";
    public const string ReceiptCopyPattern = LostPledgePattern + "/copy";

    /// <summary>The files in which a list is taken out.</summary>
    private const string ListFormats = ".{format:alpha}"; // xlsx or csv

    /// <summary>An event of another organization in which classes of the account's schools take part.</summary>
    public const string ParticipationPattern = Home + "/participations/{code}";

    public const string CampaignTextsPattern = Home + "/campaigns/{id:int}/texts";
    public const string EditTextPattern = CampaignTextsPattern + "/{role:alpha}/edit";
    public const string TextVersionPattern = CampaignTextsPattern + "/{role:alpha}/{version:int}";
    public const string CampaignTitlePattern = Home + "/campaigns/{id:int}/title";
    public const string CampaignRulesPattern = Home + "/campaigns/{id:int}/rules";

    public static string SetUp(string token) => $"{Home}/set-up/{token}";

    public static string Account(int id) => $"{Accounts}/{id}";

    public static string NamesGrants(int id) => $"{Account(id)}/names";

    public static string Organization(int id) => $"{Organizations}/{id}";

    public static string MergeOrganization(int id) => $"{Organization(id)}/merge";

    public static string SchoolClasses(int id) => $"{Organization(id)}/classes";

    public static string SchoolClass(int id, int classId) => $"{SchoolClasses(id)}/{classId}";

    public static string Roster(int id) => $"{Organization(id)}/roster";

    public static string ClassRoster(int id, int classId) => $"{Roster(id)}/{classId}";

    public static string SchoolsCoverage(int id) => $"{Organization(id)}/coverage";

    public static string CampaignRetention(int id) => $"{Home}/campaigns/{id}/retention";

    public static string RollUpFile(string format) => $"{RollUp}.{format}";

    /// <param name="format">What the address ends with.</param>
    /// <param name="year">Null for the usual one.</param>
    public static string AuditPackFile(string format, int? year = null) => $"{AuditPack}.{format}{(year is { } of ? $"?year={of}" : "")}";

    public static string Event(string code) => $"{Home}/events/{code}";

    public static string EventFacts(string code) => $"{Event(code)}/facts";

    public static string EventClasses(string code) => $"{Event(code)}/classes";

    public static string EventScenes(string code) => $"{Event(code)}/scenes";

    public static string SceneFilm(string code, int scene) => $"{EventScenes(code)}/{scene}/film";

    public static string SceneCards(string code, int lecture) => $"{EventScenes(code)}/{lecture}/cards";

    public static string SceneCard(string code, int lecture, string card) => $"{SceneCards(code, lecture)}/{card}";

    public static string EventPictures(string code) => $"{Event(code)}/pictures";

    public static string HostLinks(string code) => $"{Event(code)}/hosts";

    public static string ClassLinks(string code) => $"{Event(code)}/class-links";

    public static string EventCoverage(string code) => $"{Event(code)}/coverage";

    public static string CoverageNames(string code, int classId) => $"{EventCoverage(code)}/{classId}";

    public static string EventSlips(string code, int classId) => $"{Event(code)}/slips/{classId}";

    public static string EventPrint(string code) => $"{Event(code)}/print";

    public static string AllSlipsPdf(string code) => $"{Event(code)}/slips.pdf";

    public static string AllSheetsPdf(string code) => $"{Event(code)}/sheets.pdf";

    public static string Assisted(string code) => $"{Event(code)}/assisted";

    /// <summary>The class sheets of an event, on paper.</summary>
    public static string EventSheets(string code) => $"{Event(code)}/sheets";

    public static string ClassSheets(string code, int classId) => $"{EventSheets(code)}/{classId}";

    public static string ClassSheetsPdf(string code, int classId) => $"{ClassSheets(code, classId)}/sheets.pdf";

    public static string Publish(string code) => $"{Event(code)}/publish";

    public static string Rehearse(string code) => $"{Event(code)}/rehearse";

    public static string OpenSigning(string code) => $"{Event(code)}/open";

    public static string CloseSigning(string code) => $"{Event(code)}/close";

    public static string ArchiveEvent(string code) => $"{Event(code)}/archive";

    public static string DeleteEvent(string code) => $"{Event(code)}/delete";

    public static string Participation(string code) => $"{Home}/participations/{code}";

    public static string PosterPdf(string code) => $"{Poster(code)}.pdf";

    public static string Poster(string code) => $"{Event(code)}/poster";

    public static string Review(string code) => $"{Event(code)}/review";

    public static string Suspicious(string code) => $"{Review(code)}/suspicious";

    public static string Acts(string code) => $"{Review(code)}/acts";

    public static string Signers(string code) => $"{Event(code)}/signers";

    public static string Records(string code) => $"{Event(code)}/records";

    public static string Report(string code) => $"{Records(code)}/report";

    /// <param name="code">The event's.</param>
    /// <param name="format">What the address ends with.</param>
    public static string ReportFile(string code, string format) => $"{Report(code)}.{format}";

    public static string ReportEdit(string code) => $"{Report(code)}/edit";

    public static string ReportPhotos(string code) => $"{Report(code)}/photos";

    public static string ReportPhoto(string code, int id) => $"{ReportPhotos(code)}/{id}";

    public static string PledgeBook(string code) => $"{Records(code)}/book";

    /// <param name="code">The event's.</param>
    /// <param name="classId">The class whose book it is; null for the whole event.</param>
    public static string PledgeBookPdf(string code, int? classId = null) =>
        $"{PledgeBook(code)}.pdf{(classId is { } id ? $"?class={id}" : "")}";

    public static string Archive(string code) => $"{Records(code)}/archive";

    public static string ArchiveZip(string code) => $"{Archive(code)}.zip";

    public static string PledgeList(string code, string format) => $"{Records(code)}/pledges.{format}";

    public static string FamilyList(string code, string format) => $"{Records(code)}/families.{format}";

    public static string CoverageList(string code, string format) => $"{Records(code)}/coverage.{format}";

    public static string LostReceipt(string code) => $"{Event(code)}/lost-receipt";

    /// <param name="code">The event's code.</param>
    /// <param name="asked">Who asked for it, in lower case.</param>
    /// <param name="pledge">The sequence number in the ledger of the request's first pledge.</param>
    public static string LostPledge(string code, string asked, long pledge) => $"{LostReceipt(code)}/{asked}/{pledge}";

    /// <inheritdoc cref="LostPledge"/>
    public static string ReceiptCopy(string code, string asked, long pledge) => $"{LostPledge(code, asked, pledge)}/copy";

    /// <param name="id">The campaign's id.</param>
    /// <param name="from">The code of the event that the page leads back to; null for none.</param>
    public static string CampaignTexts(int id, string? from = null) => $"{Texts(id)}{BackTo(from)}";

    public static string EditText(int id, SignerRole role, string? from = null) => $"{Texts(id)}/{Segment(role)}/edit{BackTo(from)}";

    public static string TextVersion(int id, SignerRole role, int version, string? from = null) =>
        $"{Texts(id)}/{Segment(role)}/{version}{BackTo(from)}";

    public static string CampaignTitle(int id, string? from = null) => $"{Home}/campaigns/{id}/title{BackTo(from)}";

    public static string CampaignRules(int id, string? from = null) => $"{Home}/campaigns/{id}/rules{BackTo(from)}";

    private static string Texts(int id) => $"{Home}/campaigns/{id}/texts";

    private static string Segment(SignerRole role) => role.WireName();

    private static string BackTo(string? code) => code is null ? "" : $"?event={code}";
}
