using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Layout;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Audit;

/// <summary>A line of the audit log in the reader's language, for the page and for the export.</summary>
public sealed class AuditWording(
    IStringLocalizer<AuditText> localizer, IStringLocalizer<OrganizingText> accounts, IStringLocalizer<LayoutText> shared,
    SceneRegistry<SceneDescriptor> scenes, IStringLocalizerFactory localizers)
{
    /// <summary>Who: an account by its name then, a host link, the program itself, or nobody who is known.</summary>
    public string WhoOf(AuditEntry line) => line switch
    {
        { AccountName: { } name } => name,
        { Action: AuditAction.ClassLinkOpened } or { Reason: AuditReason.ClassCoverage }
            or { AccountName: null, Action: >= AuditAction.PaperSheetsPrinted and <= AuditAction.PaperPhotoRemoved }
            or { AccountName: null, Reason: AuditReason.PaperSheet or AuditReason.PaperPhotos } =>
            localizer["Who.ClassLink", line.Detail ?? ""],
        { HostLinkId: { } link } => localizer["Who.HostLink", link],
        { Action: AuditAction.SignInFailed } => localizer["Who.Unknown"],
        _ => localizer["Who.Program"],
    };

    /// <summary>The action's sentence.</summary>
    public string WhatOf(AuditEntry line)
    {
        object[] facts = [line.Subject ?? "", line.Count ?? 0, DetailOf(line)];
        return line.Count == 1 && localizer[$"Action.{line.Action}.One", facts] is { ResourceNotFound: false } one
            ? one
            : localizer[$"Action.{line.Action}", facts];
    }

    /// <summary>Why; empty where the action has no reasons.</summary>
    public string WhyOf(AuditEntry line) => line.Reason is { } reason ? localizer[$"Reason.{reason}"] : "";

    private string DetailOf(AuditEntry line) => line.Action switch
    {
        AuditAction.AccountCreated or AuditAction.AccountChanged when WireNames.TryRead<OrganizerRole>(line.Detail, out var role) =>
            accounts[$"OrganizerRole.{role}"],
        AuditAction.TextWritten when WireNames.TryRead<SignerRole>(line.Detail, out var role) => shared[$"Role.{role}"],
        >= AuditAction.WeeklyExportSet and <= AuditAction.WeeklyExportAsked =>
            string.IsNullOrEmpty(line.Detail) ? localizer["ExportTo.Folder"] : localizer["ExportTo", line.Detail],
        AuditAction.ApiTokenCreated => localizer[$"TokenScopes.{line.Detail}"],
        AuditAction.SceneShown when scenes.Find(AuditedScene.Read(line.Detail)?.Kind) is { } scene =>
            localizers.Create(scene.ResourceType)["Name"],
        _ => line.Detail ?? "",
    };
}
