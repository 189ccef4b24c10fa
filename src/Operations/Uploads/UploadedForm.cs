using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Operations.Uploads;

/// <summary>Reads a form with files as the framework does, but reserves room on the disk before their bytes come.</summary>
/// <param name="http">Whose form.</param>
/// <param name="formFiles">Where the files lie meanwhile.</param>
/// <param name="room">What of the disk they may have.</param>
/// <param name="time">By which a form that stands still is ended, with the room that it holds.</param>
/// <param name="maxFields">More are refused.</param>
/// <param name="fieldMaxLength">In characters; a longer one is refused.</param>
internal sealed class UploadedForm(
    HttpContext http, FormFiles formFiles, UploadRoom room, TimeProvider time, int maxFields, int fieldMaxLength)
    : IFormFeature
{
    private const int Piece = 64 * 1024;

    /// <summary>More than any form of ours has files.</summary>
    private const int MaxFiles = 100;

    /// <summary>RFC 2046, 5.1.1.</summary>
    private const int BoundaryMaxLength = 70;

    private Task<IFormCollection>? reading;

    /// <summary>False once there was no room for a file; those before it are not kept either.</summary>
    public bool HasRoom { get; private set; } = true;

    public bool HasFormContentType => true;

    public IFormCollection? Form { get; set; }

    public static bool IsMultipart(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase);

    public IFormCollection ReadForm() => Form ?? ReadFormAsync(CancellationToken.None).GetAwaiter().GetResult();

    public Task<IFormCollection> ReadFormAsync(CancellationToken cancellationToken) =>
        Form is { } read ? Task.FromResult(read) : reading ??= ReadAsync(cancellationToken);

    private async Task<IFormCollection> ReadAsync(CancellationToken cancellationToken)
    {
        using var pace = new UploadPace(time, UploadPace.MinBytesPerSecondOfForm, cancellationToken);
        try
        {
            return await ReadAsync(pace, cancellationToken);
        }
        catch (OperationCanceledException) when (pace.IsTooSlow && !cancellationToken.IsCancellationRequested)
        {
            throw new BadHttpRequestException("The form comes too slowly.", StatusCodes.Status408RequestTimeout);
        }
    }

    private async Task<IFormCollection> ReadAsync(UploadPace pace, CancellationToken cancellationToken)
    {
        if (http.Request.ContentLength == 0)
            return Form = FormCollection.Empty;
        var boundary = HeaderUtilities.RemoveQuotes(MediaTypeHeaderValue.Parse(http.Request.ContentType).Boundary);
        if (boundary.Length is 0 or > BoundaryMaxLength)
            throw new InvalidDataException("The form does not say how its parts are divided.");
        var reserved = room.Reserve(http.Request.ContentLength ?? 0);
        if (reserved is not null)
            http.Response.RegisterForDispose(reserved);
        HasRoom = reserved is not null;
        var (fields, files, parts) = (new KeyValueAccumulator(), new FormFileCollection(), 0);
        var reader = new MultipartReader(boundary.ToString(), http.Request.Body);
        while (await reader.ReadNextSectionAsync(cancellationToken) is { } part)
        {
            if (part.AsFileSection() is { FileStream: not null } file)
            {
                if (++parts > MaxFiles)
                    throw new InvalidDataException("The form has too many files.");
                if (await KeepAsync(file, reserved, pace, cancellationToken) is { } kept)
                    files.Add(kept);
            }
            else if (part.AsFormDataSection() is { } field)
            {
                fields.Append(field.Name, await ReadAsync(field, cancellationToken));
                if (fields.ValueCount > maxFields)
                    throw new InvalidDataException("The form has too many fields.");
            }
        }
        return Form = new FormCollection(fields.GetResults(), HasRoom ? files : new FormFileCollection());
    }

    /// <summary>
    /// Null where there is no room: the rest is read and dropped, since a browser shows our answer only after it has sent all.
    /// </summary>
    private async Task<FormFile?> KeepAsync(
        FileMultipartSection file, UploadRoom.Reservation? reserved, UploadPace pace, CancellationToken cancellationToken)
    {
        var kept = HasRoom ? TryCreate() : null;
        HasRoom = kept is not null;
        var buffer = new byte[Piece];
        for (int length; (length = await pace.ReadAsync(file.FileStream!, buffer)) > 0;)
            if (HasRoom && !(reserved!.Take(length) && await TryWriteAsync(kept!, buffer.AsMemory(0, length), cancellationToken)))
            {
                HasRoom = false;
                kept!.SetLength(0);
            }
        return !HasRoom ? null
            : new FormFile(kept!, 0, kept!.Length, file.Name, file.FileName) { Headers = new HeaderDictionary(file.Section.Headers) };
    }

    private FileStream? TryCreate()
    {
        try
        {
            var created = formFiles.Create();
            http.Response.RegisterForDispose(created);
            return created;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>False where the disk is fuller than it said, or fails.</summary>
    private static async Task<bool> TryWriteAsync(FileStream file, ReadOnlyMemory<byte> piece, CancellationToken cancellationToken)
    {
        try
        {
            await file.WriteAsync(piece, cancellationToken);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private async Task<string> ReadAsync(FormMultipartSection field, CancellationToken cancellationToken)
    {
        using var text = new StreamReader(field.Section.Body, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        var (read, buffer) = (new StringBuilder(), new char[4096]);
        for (int length; (length = await text.ReadAsync(buffer, cancellationToken)) > 0;)
            if (read.Append(buffer, 0, length).Length > fieldMaxLength)
                throw new InvalidDataException("A field of the form is too long.");
        return read.ToString();
    }
}
