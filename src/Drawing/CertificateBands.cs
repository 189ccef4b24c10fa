namespace SafetyCampaign.Drawing;

/// <summary>
/// The certificate's rows in bands: head, school and name, promise and clauses, signatures, facts, code and number, foot. What is a
/// family's own lies in three of them, and is cut off at their edges; the others are the same for a whole event.
/// </summary>
internal static class CertificateBands
{
    public const int Names = 1, Signatures = 3, Proof = 5;

    /// <summary>Where each ends, in rows from the top.</summary>
    public static readonly int[] Ends = [246, 518, 946, 1144, 1266, 1482, CertificateDrawing.Height];

    /// <summary>Those that hold something of a family's own.</summary>
    public static readonly int[] Own = [Names, Signatures, Proof];

    /// <summary>A rehearsal's words stand across the whole page.</summary>
    public static readonly int[] All = [.. Enumerable.Range(0, Ends.Length)];

    /// <summary>The first row of a band.</summary>
    public static int Top(int band) => band == 0 ? 0 : Ends[band - 1];
}
