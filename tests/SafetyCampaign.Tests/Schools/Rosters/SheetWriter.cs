using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;

namespace SafetyCampaign.Tests.Schools.Rosters;

/// <summary>A sheet as a school would keep it: what stands in its cells, which are merged, which rows and columns are hidden.</summary>
/// <param name="Name">The sheet's own.</param>
/// <param name="Rows">Cells are text, a number (int, double) or a day (DateOnly); null is an empty cell.</param>
public sealed record DrawnSheet(string Name, params object?[][] Rows)
{
    /// <summary>Ranges such as A1:D1.</summary>
    public string[] Merged { get; init; } = [];

    /// <summary>The sheet's own row numbers.</summary>
    public int[] HiddenRows { get; init; } = [];

    /// <summary>Columns from 1.</summary>
    public int[] HiddenColumns { get; init; } = [];
}

/// <summary>Writes sheets as .xlsx, .xls (BIFF8) and text, so that every test file is made by us and can be read as code.</summary>
public static class SheetWriter
{
    public static byte[] Xlsx(params DrawnSheet[] sheets)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
                + "<Override PartName=\"/xl/workbook.xml\" "
                + "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>");
            Add(zip, "_rels/.rels", Relations(("rId1", "officeDocument", "xl/workbook.xml")));
            Add(zip, "xl/workbook.xml", "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" "
                + "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>"
                + string.Concat(sheets.Select((sheet, i) =>
                    $"<sheet name=\"{Escape(sheet.Name)}\" sheetId=\"{i + 1}\" r:id=\"rId{i + 1}\"/>"))
                + "</sheets></workbook>");
            Add(zip, "xl/_rels/workbook.xml.rels", Relations([
                .. sheets.Select((_, i) => ($"rId{i + 1}", "worksheet", $"worksheets/sheet{i + 1}.xml")),
                ($"rId{sheets.Length + 1}", "styles", "styles.xml")]));
            Add(zip, "xl/styles.xml", "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">"
                + "<cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>");
            foreach (var (i, sheet) in sheets.Index())
                Add(zip, $"xl/worksheets/sheet{i + 1}.xml", SheetXml(sheet));
        }
        return file.ToArray();
    }

    /// <summary>Separated text in an encoding, with its byte order mark where it has one.</summary>
    public static byte[] Text(Encoding encoding, char separator, params object?[][] rows)
    {
        var lines = rows.Select(row => string.Join(separator, row.Select(Plain)) + "\r\n");
        return [.. encoding.GetPreamble(), .. encoding.GetBytes(string.Concat(lines))];
    }

    /// <summary>A workbook of one sheet of text and numbers, as old programs write it: BIFF8 within a compound file.</summary>
    public static byte[] Xls(DrawnSheet sheet)
    {
        var book = new MemoryStream();
        Record(book, 0x0809, [0x00, 0x06, 0x05, 0x00, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]); // BOF of the workbook
        var name = Encoding.Unicode.GetBytes(sheet.Name);
        var bound = book.Position;
        Record(book, 0x0085, [0, 0, 0, 0, 0, 0, (byte)sheet.Name.Length, 1, .. name]); // where the sheet begins is written below
        Record(book, 0x000A, []);
        var start = (int)book.Position;
        Record(book, 0x0809, [0x00, 0x06, 0x10, 0x00, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        Record(book, 0x0200, [.. BitConverter.GetBytes(0), .. BitConverter.GetBytes(sheet.Rows.Length), 0, 0,
            .. BitConverter.GetBytes((ushort)sheet.Rows.Max(row => row.Length)), 0, 0]);
        foreach (var (r, row) in sheet.Rows.Index())
            foreach (var (c, cell) in row.Index().Where(pair => pair.Item is not null))
            {
                byte[] place = [.. BitConverter.GetBytes((ushort)r), .. BitConverter.GetBytes((ushort)c), 0, 0];
                if (cell is string text)
                    Record(book, 0x0204, [.. place, .. BitConverter.GetBytes((ushort)text.Length), 1, .. Encoding.Unicode.GetBytes(text)]);
                else
                    Record(book, 0x0203, [.. place, .. BitConverter.GetBytes(Convert.ToDouble(cell, CultureInfo.InvariantCulture))]);
            }
        if (sheet.Merged.Length > 0)
            Record(book, 0x00E5, [.. BitConverter.GetBytes((ushort)sheet.Merged.Length), .. sheet.Merged.SelectMany(RangeBytes)]);
        Record(book, 0x000A, []);
        book.Position = bound + 4;
        book.Write(BitConverter.GetBytes(start));
        return CompoundFile(book.ToArray());
    }

    /// <summary>One stream, "Workbook", of at least 4,096 bytes, in sectors of 512.</summary>
    private static byte[] CompoundFile(byte[] stream)
    {
        const int sector = 512;
        var sectors = (Math.Max(stream.Length, 4096) + sector - 1) / sector;
        var tables = (sectors + 2 + 127) / 128 is var first && sectors + 1 + first <= 128 * first ? first : first + 1;
        var file = new byte[sector * (1 + tables + 1 + sectors)];
        Span<byte> header = file.AsSpan(0, sector);
        new byte[] { 0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1 }.CopyTo(header);
        Put(file, 24, (ushort)0x3E);
        Put(file, 26, (ushort)3);
        Put(file, 28, (ushort)0xFFFE);
        Put(file, 30, (ushort)9);
        Put(file, 32, (ushort)6);
        Put(file, 44, tables);
        Put(file, 48, tables); // the directory follows the tables
        Put(file, 56, 4096);
        Put(file, 60, -2);
        Put(file, 68, -2);
        for (var i = 0; i < 109; i++)
            Put(file, 76 + 4 * i, i < tables ? i : -1);
        for (var i = 0; i < 128 * tables; i++)
            Put(file, sector + 4 * i, i < tables ? -3 : i == tables || i == tables + sectors ? -2 : i < tables + sectors ? i + 1 : -1);
        var directory = sector * (1 + tables);
        Entry("Root Entry", 0, 5, -2, 0, child: 1);
        Entry("Workbook", 1, 2, tables + 1, sectors * sector, child: -1);
        stream.CopyTo(file, directory + sector);
        return file;

        void Entry(string name, int index, byte kind, int at, int size, int child)
        {
            var entry = directory + 128 * index;
            Encoding.Unicode.GetBytes(name).CopyTo(file, entry);
            Put(file, entry + 64, (ushort)(2 * (name.Length + 1)));
            file[entry + 66] = kind;
            file[entry + 67] = 1;
            Put(file, entry + 68, -1);
            Put(file, entry + 72, -1);
            Put(file, entry + 76, child);
            Put(file, entry + 116, at);
            Put(file, entry + 120, size);
        }
    }

    private static void Put(byte[] file, int at, int value) => BitConverter.GetBytes(value).CopyTo(file, at);

    private static void Put(byte[] file, int at, ushort value) => BitConverter.GetBytes(value).CopyTo(file, at);

    private static void Record(MemoryStream book, ushort kind, byte[] content)
    {
        book.Write(BitConverter.GetBytes(kind));
        book.Write(BitConverter.GetBytes((ushort)content.Length));
        book.Write(content);
    }

    private static byte[] RangeBytes(string range)
    {
        var cells = range.Split(':')
            .Select(cell => (Row: int.Parse(cell[1..], CultureInfo.InvariantCulture) - 1, Column: cell[0] - 'A')).ToList();
        return [.. BitConverter.GetBytes((ushort)cells[0].Row), .. BitConverter.GetBytes((ushort)cells[1].Row),
            .. BitConverter.GetBytes((ushort)cells[0].Column), .. BitConverter.GetBytes((ushort)cells[1].Column)];
    }

    private static string SheetXml(DrawnSheet sheet)
    {
        var xml = new StringBuilder("<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">");
        if (sheet.HiddenColumns.Length > 0)
            xml.Append("<cols>").AppendJoin("", sheet.HiddenColumns.Select(c => $"<col min=\"{c}\" max=\"{c}\" width=\"9\" hidden=\"1\"/>"))
                .Append("</cols>");
        xml.Append("<sheetData>");
        foreach (var (index, row) in sheet.Rows.Index())
        {
            var hidden = sheet.HiddenRows.Contains(index + 1) ? " hidden=\"1\"" : "";
            xml.Append(CultureInfo.InvariantCulture, $"<row r=\"{index + 1}\"{hidden}>");
            foreach (var (column, cell) in row.Index())
                xml.Append(Cell($"{(char)('A' + column)}{index + 1}", cell));
            xml.Append("</row>");
        }
        xml.Append("</sheetData>");
        if (sheet.Merged.Length > 0)
            xml.Append("<mergeCells>").AppendJoin("", sheet.Merged.Select(range => $"<mergeCell ref=\"{range}\"/>"))
                .Append("</mergeCells>");
        return xml.Append("</worksheet>").ToString();
    }

    private static string Cell(string place, object? value) => value switch
    {
        null => "",
        string text => $"<c r=\"{place}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{Escape(text)}</t></is></c>",
        DateOnly day => $"<c r=\"{place}\" s=\"1\"><v>{day.DayNumber - new DateOnly(1899, 12, 30).DayNumber}</v></c>",
        _ => string.Create(CultureInfo.InvariantCulture,
            $"<c r=\"{place}\"><v>{Convert.ToDouble(value, CultureInfo.InvariantCulture):R}</v></c>"),
    };

    private static string Plain(object? cell)
    {
        var text = cell is DateOnly day ? day.ToString("yyyy/M/d", CultureInfo.InvariantCulture)
            : Convert.ToString(cell, CultureInfo.InvariantCulture) ?? "";
        return text.AsSpan().ContainsAny(',', '"', '\n') ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }

    private static string Relations(params (string Id, string Kind, string Target)[] relations) =>
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" + string.Concat(relations.Select(r =>
            $"<Relationship Id=\"{r.Id}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{r.Kind}\" "
            + $"Target=\"{r.Target}\"/>")) + "</Relationships>";

    private static string Escape(string text) => SecurityElement.Escape(text);

    private static void Add(ZipArchive zip, string name, string xml)
    {
        using var entry = zip.CreateEntry(name).Open();
        entry.Write(Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + xml));
    }
}
