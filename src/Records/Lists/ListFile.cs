using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using SafetyCampaign.Desk;

namespace SafetyCampaign.Records.Lists;

/// <summary>Sends a list as a file, in the format that its address ends with.</summary>
internal static class ListFile
{
    private const string Csv = "csv";
    private const string Xlsx = "xlsx";

    public static bool IsFormat(string format) => format is Csv or Xlsx;

    /// <param name="http">Answered.</param>
    /// <param name="list">What is sent.</param>
    /// <param name="name">The file's name without its ending.</param>
    /// <param name="format">See <see cref="IsFormat"/>.</param>
    /// <param name="notesSheet">The name of the sheet with the notes.</param>
    public static async Task<IActionResult> SendAsync(HttpContext http, ListTable list, string name, string format, string notesSheet)
    {
        var (response, cancellationToken) = (http.Response, http.RequestAborted);
        response.ContentType = format == Csv ? CsvFormat.ContentType : XlsxList.ContentType;
        response.Headers.ContentDisposition = $"attachment; filename={name}.{format}";
        if (format == Csv)
            await CsvList.WriteAsync(response.Body, list, cancellationToken);
        else
        {
            // The zip archive writes its end while it is closed, which is not asynchronous.
            http.Features.Get<IHttpBodyControlFeature>()?.AllowSynchronousIO = true;
            await XlsxList.WriteAsync(response.Body, list, notesSheet, cancellationToken);
        }
        return new EmptyResult();
    }
}
