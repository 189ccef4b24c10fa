namespace SafetyCampaign.Load.Pace;

/// <summary>Names as a class has them: most of three characters, some of two, a few of four; none twice.</summary>
internal static class PupilNames
{
    private const string Surnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金";
    private static readonly string[] Given = ["子涵", "欣怡", "浩然", "一诺", "晨", "雨桐", "俊杰", "梓萱", "宇轩", "思远", "悦", "博文"];

    public static IReadOnlyList<string> Of(int pupils) => [.. Enumerable.Range(0, pupils)
        .Select(i => (i % 20 == 13 ? "欧阳" : $"{Surnames[i % Surnames.Length]}") + Given[i % Given.Length])];
}
